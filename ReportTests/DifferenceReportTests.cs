namespace ProfilerWeaver.ReportTests;

/// <summary>The report of a difference: what was gained and lost, by colour, and the negated view, in which what is gone is seen.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class DifferenceReportTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    string report = "";

    [OneTimeSetUp]
    public async Task Write()
    {
        // Load is called more often, Audit is gone, Cache is new; a method takes a second for each of its calls.
        Write("before.prof", new TreeText().Add(1, "Shop.Main").Add(10, "Shop.Main", "Shop.Get").Add(10, "Shop.Main", "Shop.Get", "Shop.Load")
            .Add(40, "Shop.Main", "Shop.Audit").Add(80, "Shop.Main", "Shop.Audit", "Shop.Write"));
        Write("after.prof", new TreeText().Add(1, "Shop.Main").Add(10, "Shop.Main", "Shop.Get").Add(60, "Shop.Main", "Shop.Get", "Shop.Load")
            .Add(5, "Shop.Main", "Shop.Cache"));
        report = folder.File("diff.html");
        var (exitCode, _, errors) = await Browser.Prof("diff", folder.File("before.prof"), folder.File("after.prof"), "-o", report);
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors, Is.EqualTo($"dotnet-prof: the report is {report}\n"));

        void Write(string name, TreeText tree) => ProfFile.Write(tree.Build(), folder.File(name));
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task The_flame_graph_is_as_wide_as_now_and_colours_the_difference()
    {
        await using var page = await Browser.Open(report);
        await page.Page.Locator(".flame").FocusAsync();
        await page.Press("ArrowDown", "ArrowDown", "ArrowDown");

        Assert.That(await page.Text("h1"), Is.EqualTo("before.prof → after.prof"));
        Assert.That(await page.Page.Locator(".legend li").AllInnerTextsAsync(), Is.EqualTo(["gone", "less", "as before", "more", "new"]));
        Assert.That(await page.Text(".details-name"), Does.StartWith("Shop.Load"));
        Assert.That(await page.Text(".details"), Does.Contain("total 60.0 s").And.Contain("calls 60").And.Contain("calls before 10")
            .And.Contain("total before 10.0 s"));
        // More is orange: red before blue.
        var (red, _, blue) = await Colour(page, 2);
        Assert.That(red, Is.GreaterThan(blue));
        Assert.That(page.Errors, Is.Empty);
    }

    [Test]
    public async Task Negated_it_is_as_wide_as_before_and_shows_what_is_gone_in_blue()
    {
        await using var page = await Browser.Open(report);
        await page.Page.Locator(".flame").FocusAsync();
        Assert.That(await page.Page.GetByText("Negated").CountAsync(), Is.EqualTo(1));

        await page.Press("d", "ArrowDown", "ArrowDown");

        Assert.That(page.Link, Does.Contain("negated=true"));
        Assert.That(await page.Text(".details-name"), Does.StartWith("Shop.Audit"));
        Assert.That(await page.Text(".details"), Does.Contain("calls 0").And.Contain("calls before 40").And.Contain("total before 120 s"));
        var (red, _, blue) = await Colour(page, 1);
        Assert.That(blue, Is.GreaterThan(red));
    }

    [Test]
    public async Task The_tables_have_both_sides_and_the_facts_the_causes()
    {
        await using var page = await Browser.Open(report, "#view=table");
        var rows = (await page.Table(".view table")).ToDictionary(row => row["Method"], row => $"{row["Calls before"]} {row["Calls"]}");
        Assert.That(rows, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["Shop.Main"] = "1 1",
            ["Shop.Get"] = "10 10",
            ["Shop.Load"] = "10 60",
            ["Shop.Audit"] = "40 0",
            ["Shop.Write"] = "80 0",
            ["Shop.Cache"] = "0 5",
        }));

        await page.View("Facts");
        Assert.That(await page.Text(".facts"), Does.Contain("What changed").And.Contain("Shop.Audit: 40 → 0 per Shop.Main (40 → 0 calls)")
            .And.Contain("Shop.Load: 1 → 6 per Shop.Get (10 → 60 calls)"));
    }

    [Test]
    public async Task A_report_of_one_profile_has_none_of_it()
    {
        new Stats(folder.File("before.prof")).WriteHtml(folder.File("one.html"));
        await using var page = await Browser.Open(folder.File("one.html"));

        Assert.That(await page.Page.GetByText("Negated").CountAsync(), Is.Zero);
        Assert.That(await page.Page.Locator("option[value=difference]").CountAsync(), Is.Zero);
    }

    /// <summary>The colour of the widest context of a level, near its left end, where there is no text.</summary>
    static async Task<(int Red, int Green, int Blue)> Colour(ReportPage page, int level)
    {
        var colour = await page.Page.EvaluateAsync<int[]>(
            """
            level => {
              const canvas = document.querySelector(".flame-canvas");
              const scale = canvas.width / canvas.clientWidth;
              return [...canvas.getContext("2d").getImageData(4 * scale, (level * 20 + 4) * scale, 1, 1).data].slice(0, 3);
            }
            """, level);
        return (colour[0], colour[1], colour[2]);
    }
}
