using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>The tool itself on Windows, under Wine: with a <c>dotnet.exe</c> beside the runtime that was published with the
/// program.</summary>
[Category("Platforms")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[NonParallelizable]
public sealed class WindowsToolTests : IDisposable
{
    const string Windows = "win-x64 (Wine)";

    readonly TemporaryFolder temporary = new();
    string dotnet = "";
    string unwoven = "";

    [OneTimeSetUp]
    public void MakeDotnet()
    {
        var published = TallyProgram.Publish(Platform.Windows, Form.Plain).Folder;
        var version = Environment.Version.ToString();
        var host = Directory.CreateDirectory(temporary.File($"host/fxr/{version}")).FullName;
        var framework = Directory.CreateDirectory(temporary.File($"shared/Microsoft.NETCore.App/{version}")).FullName;
        foreach (var file in Directory.GetFiles(published).Where(file => !Path.GetFileName(file).StartsWith("Tally", StringComparison.Ordinal)
            && !Path.GetFileName(file).StartsWith("ProfilerWeaver", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(Path.GetFileName(file) == "hostfxr.dll" ? host : framework, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(framework, "Microsoft.NETCore.App.runtimeconfig.json"),
            """{ "runtimeOptions": { "tfm": "net10.0" } }""");
        dotnet = temporary.File("dotnet.exe");
        Tools.Run("x86_64-w64-mingw32-gcc",
            ["-municode", "-O2", $"-DHOST_VERSION=L\"{version}\"", "-o", dotnet, Tools.Source("dotnet.c")]);
        unwoven = Path.Combine(TallyProgram.BuildUnwoven(), "Tally.dll");
    }

    public void Dispose() => temporary.Dispose();

    [TestCase(Windows, "dotnet-prof run")]
    public void A_program_is_run_and_its_profile_printed_where_stdout_is_no_console(string platform, string form)
    {
        var output = Prof("run", "-n", "all", "-o", "run.prof", unwoven, "run", "end");

        Assert.That(output, Does.Contain("rounds done").And.Contain("run.prof"), Described(platform, form));
        new OwnCounts(temporary.File("run")).Check(temporary.File("run.prof"), threads: 0, isWall: true);
        Assert.That(Prof("run", "-n", "all", unwoven, "run", "end"), Does.Contain("(Tally.Work.Fibonacci)"), "P1");
    }

    [TestCase(Windows, "dotnet-prof weave")]
    public void A_program_is_woven_into_a_folder_and_runs_from_there(string platform, string form)
    {
        Prof("weave", unwoven, "-o", "woven");

        Wine(dotnet, "woven/Tally.dll", "weave", "end");
        new OwnCounts(temporary.File("weave")).Check(temporary.File("Tally.prof"), threads: 0, isWall: true);
        Assert.That(File.Exists(temporary.File("woven/Tally.dll")), Described(platform, form));
    }

    [TestCase(Windows, "dotnet-prof stats, report")]
    public void A_profile_is_shown_and_reported_as_on_Linux(string platform, string form)
    {
        using var tool = new ProfTool();
        var profile = Path.Combine(tool.Folder, "a.prof");
        tool.Run("-o", profile, unwoven, "own", "end");
        File.Copy(profile, temporary.File("a.prof"));

        var here = tool.Run("stats", "a.prof", "--format", "json").Output;

        Assert.That(Prof("stats", "a.prof", "--format", "json").Trim(), Is.EqualTo(here.Trim()), Described(platform, form));
        Prof("report", "a.prof", "-o", "a.html");
        Assert.That(new FileInfo(temporary.File("a.html")).Length, Is.GreaterThan(10_000));
    }

    static string Described(string platform, string form) => $"{form} on {platform}";

    string Prof(params string[] arguments) => Wine([dotnet, ProfTool.Assembly, .. arguments]);

    string Wine(params string[] command)
    {
        var result = CommandLine.Run("wine", temporary.Location, command,
            [.. Platform.Windows.Environment, ("DOTNET_PROF_CACHE", @"Z:" + temporary.File("cache").Replace('/', '\\'))]);
        Assert.That(result.ExitCode, Is.EqualTo(command.Contains("end") ? 5 : 0), result.Output);
        return result.Output.ReplaceLineEndings("\n");
    }
}
