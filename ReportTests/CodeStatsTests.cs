using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.ReportTests;

/// <summary>The report of a real program: more than 1.5 million contexts.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[NonParallelizable]
public sealed class CodeStatsTests : IAsyncDisposable
{
    const int LargestFile = 6 << 20;

    // Benchmark figures; a busy machine is not to fail. On an idle one they are 6,000 and 16.
    const int LongestPaint = 60_000;
    const int LongestFrame = 200;

    readonly TemporaryFolder folder = new();
    string profile = "";
    string file = "";
    ReportPage? shown;
    Stats? stats;

    ReportPage Report => shown!;

    Stats Stats => stats!;

    [OneTimeSetUp]
    public async Task Open()
    {
        profile = await CodeStatsProfile.File(folder);
        file = folder.File("CodeStats.html");
        var (exitCode, _, errors) = await Browser.Prof("report", profile, "-o", file);
        Assert.That(exitCode, Is.Zero, errors);
        stats = new Stats(profile);
        var time = Stopwatch.StartNew();
        shown = await Browser.Open(file);
        TestContext.Progress.WriteLine($"CodeStats: {new FileInfo(file).Length / 1e6:0.0} MB, shown after {time.ElapsedMilliseconds} ms");
        Assert.That(time.ElapsedMilliseconds, Is.LessThan(LongestPaint));
    }

    [SetUp]
    public async Task Begin()
    {
        await Report.Page.EvaluateAsync("() => { location.hash = '#view=flame'; }");
        await Report.Settle();
    }

    public async ValueTask DisposeAsync()
    {
        if (shown is not null)
            await shown.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task It_is_small_complete_and_asks_for_nothing()
    {
        Assert.That(new FileInfo(file).Length, Is.LessThan(LargestFile));
        Assert.That(Report.Requests, Is.EqualTo(new[] { new Uri(file).AbsoluteUri }));
        var contexts = Stats.Contexts.LongCount();
        Assert.That(contexts, Is.GreaterThan(1_500_000));
        // The threads' trees are shown as one. This repository is what CodeStats reads, and it grows: some may be left out.
        var shown = Regex.Match(await Report.Text(".view .status"), "^([0-9,]+) contexts(.* left out as sums$)?");
        Assert.That(shown.Success);
        Assert.That(
            int.Parse(shown.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
            Is.InRange(1_500_000, Math.Min(contexts, HtmlOptions.DefaultMostContexts)));
    }

    [Test]
    public async Task A_picture_of_it_fits_into_README()
    {
        await Report.Page.SetViewportSizeAsync(1200, 640);
        await Report.Settle();
        await Report.Page.Locator(".flame").FocusAsync();
        await Report.Press("ArrowDown", "ArrowDown", "ArrowDown");
        await Report.Page.EvaluateAsync("() => document.activeElement.blur()");
        var picture = await Report.Page.ScreenshotAsync();
        await Report.Page.SetViewportSizeAsync(1400, 860);

        Assert.That(picture, Has.Length.InRange(20_000, 200_000));
        // build/screenshot.sh renews README's.
        if (Environment.GetEnvironmentVariable("PROFILERWEAVER_SCREENSHOT") is { } target)
            await System.IO.File.WriteAllBytesAsync(target, picture);
    }

    [Test]
    public async Task Frames_are_short_while_it_is_zoomed()
    {
        await Report.Page.Locator(".flame").FocusAsync();
        var frames = await Report.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const flame = document.querySelector(".flame");
              const frames = [];
              for (let step = 0; step < 60; step++) {
                flame.dispatchEvent(new KeyboardEvent("keydown", { key: step < 40 ? "+" : "-", bubbles: true }));
                // From where the frame begins, so that the wait for it does not count.
                const begin = await new Promise(resolve => requestAnimationFrame(time => setTimeout(() => resolve(time))));
                frames.push(performance.now() - begin);
              }
              return frames;
            }
            """);
        await Report.Press("0");
        var median = frames.Order().ElementAt(frames.Length / 2);
        TestContext.Progress.WriteLine($"CodeStats: median of 60 zoom steps {median:0.0} ms, longest {frames.Max():0} ms");
        Assert.That(median, Is.LessThan(LongestFrame));
    }

    [Test]
    public async Task The_first_levels_of_the_tree_are_those_of_stats()
    {
        await Report.View("Call tree");
        await Report.Page.GetByText("Close all").ClickAsync();
        await Report.Settle();
        var rows = await Report.Table(".view table");
        var roots = Stats.CallTree.OrderByDescending(context => context.CumulativeTime).ToArray();

        Assert.That(rows[0]["Method"], Is.EqualTo(roots[0].Name));
        for (var i = 0; i < rows.Count && !rows[i]["Method"].StartsWith('…'); i++)
        {
            var root = roots.Single(context => context.Name == rows[i]["Method"]);
            Assert.That(ReportPage.Number(rows[i]["Calls"]), Is.EqualTo(root.Calls));
            Assert.That(ReportPage.Number(rows[i]["Total"]), Is.EqualTo(root.CumulativeTime).Within(4e-9));
            Assert.That(ReportPage.Number(rows[i]["Self"]), Is.EqualTo(root.TotalTime).Within(2e-9));
        }
    }

    [Test]
    public async Task The_hot_path_is_the_heaviest_chain()
    {
        await Report.View("Call tree");
        await Report.Press("p");
        var shownPath = await Report.Page.Locator("tr.hot, tr.selected").EvaluateAllAsync<string[]>("rows => rows.map(row => row.cells[0].querySelector('bdi').innerText)");
        var chain = new List<string>();
        for (var level = Stats.CallTree; level.Count > 0; level = level.MaxBy(context => context.CumulativeTime)!.Callees)
            chain.Add(Bare(level.MaxBy(context => context.CumulativeTime)!.Label));

        Assert.That(shownPath.Take(10), Is.EqualTo(chain.Take(10)), "further down, contexts may be equal");
        Assert.That(chain, Has.Count.GreaterThan(10));
    }

    [Test]
    public async Task The_table_is_that_of_stats()
    {
        await Report.View("Table");
        var rows = await Report.Table(".view table");
        var json = await Statistics.Of(profile);

        Assert.That(rows.Select(row => $"{row["Method"]} {row["Calls"]} {ReportPage.Number(row["Self"]):R} {ReportPage.Number(row["Total"]):R}"),
            Is.EquivalentTo(json.Methods.Select(method => $"{method.Name} {method["ncalls"]} {method["tottime"]:R} {method["cumtime"]:R}")));
    }

    [Test]
    public async Task A_search_tells_the_share_that_matches()
    {
        await Report.View("Flame graph");
        await Report.Page.Locator(".search").FillAsync("CodeStats.Lexing.");
        await Report.Settle();
        var matching = Outermost(Stats.CallTree, context => context.Name.Contains("CodeStats.Lexing.", StringComparison.Ordinal)
            || context.Label.File.Contains("CodeStats.Lexing.", StringComparison.Ordinal)).Sum(context => context.CumulativeTime);
        var whole = Stats.CallTree.Sum(context => context.CumulativeTime);

        Assert.That(ReportPage.Number(await Report.Text(".view .status")), Is.EqualTo(100 * matching / whole).Within(0.2));
    }

    [Test]
    public async Task The_sandwich_has_all_calls_that_are_in_the_tree()
    {
        var row = Stats.MaxBy(candidate => candidate.TotalTime)!;
        await Report.View("Sandwich");
        await Report.Page.Locator(".picker").FillAsync(Bare(row.Label));
        await Report.Page.Locator(".picker").PressAsync("Enter");
        await Report.Settle();
        var status = (await Report.Page.Locator(".sandwich .status").AllInnerTextsAsync())[0].Split(" · ");
        var calls = Stats.Contexts.Where(context => context.Label == row.Label).Sum(context => context.Calls);

        Assert.That(status[0], Is.EqualTo(Bare(row.Label)));
        // Contexts that were left out because there are too many are sums, not of a method; they are those that took the least time,
        // so that more of the calls are left than of the contexts.
        var contexts = Stats.Contexts.LongCount();
        if (contexts < HtmlOptions.DefaultMostContexts * 0.9)
            Assert.That(ReportPage.Number(status[3]), Is.EqualTo(calls));
        else
            Assert.That(ReportPage.Number(status[3]), Is.InRange(calls * Math.Min(1, HtmlOptions.DefaultMostContexts / (double)contexts), calls));
        Assert.That(ReportPage.Number(status[3]) + (status.Length > 4 ? ReportPage.Number(status[4]) : 0), Is.EqualTo(row.Calls));
        Assert.That(Report.Errors, Is.Empty);
    }

    static string Bare(MethodLabel label) => label.IsExternal ? label.Name.Trim('<', '>') : label.Name;

    static IEnumerable<CallContext> Outermost(IReadOnlyList<CallContext> roots, Func<CallContext, bool> isMeant)
    {
        var pending = new Stack<CallContext>(roots);
        while (pending.TryPop(out var context))
        {
            if (isMeant(context))
            {
                yield return context;
                continue;
            }
            foreach (var callee in context.Callees)
                pending.Push(callee);
        }
    }
}
