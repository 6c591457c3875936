using System.Text.Json;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Export;

/// <summary>The readers that come from npm, in the versions of <c>Readers/package.json</c>; installed once.</summary>
static class NpmReaders
{
    static readonly string Source = Path.Combine(PackageFeed.Repository, "Tests", "Export", "Readers");

    static readonly Lazy<string> Folder = new(Install);

    /// <summary>The script of Firefox's profiler-cli.</summary>
    public static string ProfilerCli => Path.Combine(Folder.Value, "node_modules", "@firefox-devtools", "profiler-cli", "dist", "profiler-cli.js");

    /// <summary>What speedscope makes of a file.</summary>
    public static JsonElement Speedscope(string file) => JsonDocument.Parse(OtherTool.Run("node", Path.Combine(Source, "speedscope.js"),
        Path.Combine(Folder.Value, "node_modules", "speedscope", "dist", "release"), file)).RootElement;

    static string Install()
    {
        var folder = Path.Combine(PackageFeed.Repository, "artifacts", "readers");
        var wanted = File.ReadAllText(Path.Combine(Source, "package.json"));
        var installed = Path.Combine(folder, "installed.json");
        if (File.Exists(installed) && File.ReadAllText(installed) == wanted)
            return folder;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "package.json"), wanted);
        // With the user's own settings, which may name a mirror.
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("npm",
            ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"])
        { WorkingDirectory = folder })!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, "npm install");
        File.WriteAllText(installed, wanted);
        return folder;
    }
}
