using System.Text.Json;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Export;

/// <summary>The readers that come from npm, in the versions of <c>Readers/package.json</c>; installed once.</summary>
static class NpmReaders
{
    static readonly string Source = Path.Combine(PackageFeed.Repository, "Tests", "Export", "Readers");

    static readonly Lazy<string> Folder = new(() => NpmFolder.Install(Source, "readers"));

    /// <summary>The script of Firefox's profiler-cli.</summary>
    public static string ProfilerCli => Path.Combine(Folder.Value, "node_modules", "@firefox-devtools", "profiler-cli", "dist", "profiler-cli.js");

    /// <summary>What speedscope makes of a file.</summary>
    public static JsonElement Speedscope(string file) => JsonDocument.Parse(OtherTool.Run("node", Path.Combine(Source, "speedscope.js"),
        Path.Combine(Folder.Value, "node_modules", "speedscope", "dist", "release"), file)).RootElement;
}
