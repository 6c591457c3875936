using System.Diagnostics;

namespace ProfilerWeaver.ReportTests;

/// <summary>What <c>--to speedscope</c> writes, in speedscope's own page.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class SpeedscopeTests : IDisposable
{
    // As Tests/Export/Readers/package.json has it.
    const string Package = "speedscope@1.25.0";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task Its_page_shows_the_own_times_and_the_calls_of_each_thread()
    {
        var profile = folder.File("shop.prof");
        new Stats(SmallProfiles.Shop()).DumpStats(profile);
        var export = folder.File("shop.speedscope.json");
        var (exitCode, _, errors) = await Browser.Prof("export", profile, "--to", "speedscope", "-o", export);
        Assert.That(exitCode, Is.Zero, errors);

        await using var speedscope = await Browser.Page();
        await speedscope.Page.GotoAsync(new Uri(await PageOfPackage()).AbsoluteUri);
        await speedscope.Page.Locator("input[type=file]").SetInputFilesAsync(export);
        await speedscope.Page.GetByText("Sandwich").ClickAsync();
        var own = await speedscope.Page.GetByRole(Microsoft.Playwright.AriaRole.Row).Filter(new() { HasText = "Shop." }).AllInnerTextsAsync();
        var text = await speedscope.Page.EvaluateAsync<string>("() => document.body.textContent");

        // Of the first thread. Each line has total, own time and name.
        Assert.That(own.Select(line => line.Split('\t', StringSplitOptions.TrimEntries)).Select(line => $"{line[1].Split(' ')[0]} {line[2]}"), Is.EquivalentTo(new[]
        {
            "10.00ms Shop.Program.Main",
            "6.00ms Shop.Data.Repository.Load",
            "64.00ms Shop.Data.Parser.Parse",
        }));
        Assert.That(text, Does.Contain("90.00ms").And.Contain("System.IO.File.ReadAllText"));
        Assert.That(text, Does.Contain("thread 1 (worker): calls20"));
        Assert.That(text, Does.Contain("thread 2: calls6"));
    }

    async Task<string> PageOfPackage()
    {
        // With the user's own settings, which may name a mirror.
        using var npm = Process.Start(new ProcessStartInfo("npm",
            ["install", Package, "--prefix", folder.Location, "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"]))!;
        await npm.WaitForExitAsync();
        Assert.That(npm.ExitCode, Is.Zero, "npm install");
        return Path.Combine(folder.Location, "node_modules", "speedscope", "dist", "release", "index.html");
    }
}
