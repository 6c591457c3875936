using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ProfilerWeaver.ReportTests;

/// <summary>No view has what axe knows to keep people out, in whatever colors.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class AccessibilityTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [OneTimeSetUp]
    public void Write() => new Stats(SmallProfiles.Shop()).WriteHtml(folder.File("shop.html"));

    public void Dispose() => folder.Dispose();

    [TestCase("light")]
    [TestCase("dark")]
    [TestCase("forced")]
    public async Task Axe_finds_nothing(string colors)
    {
        await using var report = await Browser.Open(folder.File("shop.html"), options: new()
        {
            ColorScheme = colors == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ForcedColors = colors == "forced" ? ForcedColors.Active : ForcedColors.None,
        });
        await report.Page.EvaluateAsync(Axe());
        var tabs = await report.Page.Locator("[role=tab]").AllInnerTextsAsync();
        foreach (var tab in tabs)
        {
            await report.View(tab);
            if (tab == "Flame graph")
            {
                await report.Page.Locator(".flame").FocusAsync();
                await report.Press("ArrowDown", "ArrowDown", "Enter");
            }
            Assert.That(await Violations(), Is.Empty, tab);
        }
        Assert.That(tabs, Has.Count.EqualTo(7));
        await report.Press("?");
        Assert.That(await Violations(), Is.Empty, "keys");

        Task<string[]> Violations() => report.Page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html}`))");
    }

    // The package's own way of running it takes seconds for each view.
    static string Axe()
    {
        using var stream = typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
