using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>The tool as a Windows program, under Wine: its assemblies and the program's, each beside the .NET that the program was
/// published with.</summary>
[Category("Platforms")]
public sealed class WindowsToolTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [TestCase("win-x64 (Wine)", "dotnet-prof run, weave, stats, report")]
    public void P1_The_tool_prints_where_stdout_is_no_console_and_weaves_and_reports_as_on_Linux(string platform, string form)
    {
        var program = TallyProgram.Publish(Platform.Windows, Form.Plain);
        PublishedTool.Make(program, temporary.File("tool"));
        program.CopyUnwoven(temporary.File("app"));

        var run = Prof("-n", "all", "app/Tally.exe", "run", "end");
        Assert.That(run, Does.StartWith("rounds done\n").And.Contain(" function calls (").And.Contain("(Tally.Work.Fibonacci)"));

        Prof("weave", "app/Tally.dll", "-o", "woven");
        foreach (var file in Directory.GetFiles(temporary.File("woven")))
            File.Copy(file, Path.Combine(temporary.File("app"), Path.GetFileName(file)), overwrite: true);
        Wine("app/Tally.exe", "own", "end");
        new OwnCounts(temporary.File("own")).Check(temporary.File("Tally.prof"), threads: 0, isWall: true);

        using var here = new ProfTool();
        File.Copy(temporary.File("Tally.prof"), here["Tally.prof"]);
        string[] stats = ["stats", "Tally.prof", "--format", "json"];
        Assert.That(Prof(stats).Trim(), Is.EqualTo(here.Run(stats).Output.Trim()));
        Prof("report", "Tally.prof", "-o", "there.html");
        here.Run("report", "Tally.prof", "-o", "here.html");
        Assert.That(File.ReadAllBytes(temporary.File("there.html")), Is.EqualTo(File.ReadAllBytes(here["here.html"])), $"{form} on {platform}");
    }

    string Prof(params string[] arguments) => Wine(["tool/dotnet-prof.exe", .. arguments]);

    string Wine(params string[] command)
    {
        var result = CommandLine.Run("wine", temporary.Location, command, [.. Platform.Windows.Environment, ("DOTNET_PROF_PRECOMPILE", "off"),
            ("DOTNET_PROF_CACHE", "Z:" + temporary.File("cache").Replace('/', '\\'))]);
        Assert.That(result.ExitCode, Is.EqualTo(command.Contains("end") ? 5 : 0), result.Output);
        return result.Output.ReplaceLineEndings("\n");
    }
}
