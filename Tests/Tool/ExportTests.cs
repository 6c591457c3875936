using System.IO.Compression;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof export</c>, and the end of the name after <c>-o</c> of a run.</summary>
public sealed class ExportTests : IDisposable
{
    readonly ProfTool tool = new();

    public ExportTests() => ProfFile.Write(RandomProfiles.Recording(3), tool["app.prof"]);

    public void Dispose() => tool.Dispose();

    [Test]
    public void The_end_of_the_name_says_the_format()
    {
        var result = tool.Run("export", "app.prof", "-o", "app.pb.gz");

        Assert.That(result, Is.EqualTo(new ToolResult(0, "", "")));
        using var zip = new GZipStream(File.OpenRead(tool["app.pb.gz"]), CompressionMode.Decompress);
        Assert.That(zip.ReadByte(), Is.EqualTo(1 << 3 | 2));
    }

    [Test]
    public void A_format_is_written_to_stdout_and_read_again()
    {
        var result = tool.Run("export", "app.prof", "--to", "collapsed", "--metric", "calls", "-o", "-");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        File.WriteAllText(tool["calls.txt"], result.Output);
        var calls = new Stats(tool["app.prof"]).TotalCalls;
        Assert.That(tool.Run("stats", "calls.txt").Output, Does.Contain($" 0 function calls in {calls} samples"));
    }

    [Test]
    public void A_run_writes_what_its_output_is_called()
    {
        var result = tool.Run("-o", "shop-{pid}.speedscope.json", ToolApps.Assembly("Shop"), "sell", "tea");

        var file = Directory.GetFiles(tool.Folder, "shop-*.speedscope.json").Single();
        Assert.That(result.Errors, Does.StartWith($"dotnet-prof: the profile is {file}; speedscope "));
        Assert.That(new Stats(file)["Stock.Shelf.Price"].Calls, Is.EqualTo(1));
        Assert.That(Directory.GetFiles(tool.Folder, "*.prof"), Is.EqualTo(new[] { tool["app.prof"] }));
    }

    [TestCase(2, "-o app.xyz: this extension belongs to no known format. Choose one with --to,", "app.prof", "-o", "app.xyz")]
    [TestCase(2, "option --to: there is no format 'pprf'. Did you mean pprof?", "app.prof", "--to", "pprf", "-o", "x")]
    [TestCase(2, "--metric has no effect on pprof, which holds all figures. It applies to collapsed.", "app.prof", "-o", "x.pb.gz", "--metric", "calls")]
    [TestCase(2, "--max-nodes has no effect on csv,", "app.prof", "-o", "x.csv", "--max-nodes", "3")]
    [TestCase(2, "option --max-nodes: expected 1 or more, not 0.", "app.prof", "-o", "x.pb.gz", "--max-nodes", "0")]
    [TestCase(1, "no.prof does not exist.", "no.prof", "-o", "x.pb.gz")]
    [TestCase(1, "the profile cannot be written as pprof. The profile has no call tree", "table.prof", "-o", "x.pb.gz")]
    [TestCase(1, "'bad.json' cannot be read as a profile: a frame has no name (at byte 23).", "bad.json", "-o", "x.pb.gz")]
    public void Errors(int exitCode, string reason, params string[] arguments)
    {
        ProfFile.WriteRows([.. RandomProfiles.Rows(1)], tool["table.prof"]);
        File.WriteAllText(tool["bad.json"], """{"shared":{ "frames": [{}]}}""");

        var result = tool.Run(["export", .. arguments]);

        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: " + reason));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(File.Exists(tool["x.pb.gz"]), Is.False);
    }
}
