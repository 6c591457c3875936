using System.Diagnostics;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>What is done, and said, when stdout is full, closed, or a pipe that nobody reads.</summary>
[Platform("Linux")]
public sealed class UnwritableOutputTests : IDisposable
{
    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [TestCase("/dev/full", 3, 3, "No space left on device.")]
    [TestCase("/dev/full", 0, 1, "No space left on device.")]
    [TestCase("&-", 0, 1, "it is closed.")]
    public void A_profile_that_cannot_be_printed_is_kept(string output, int exitCodeOfProgram, int exitCode, string reason)
    {
        // So that its name is known.
        tool.Environment["TMPDIR"] = tool.Folder;

        var result = Shell($"\"$@\" >{output}", ToolApps.Assembly("Shop"), "exit", $"{exitCodeOfProgram}");

        var profile = Directory.GetFiles(tool.Folder, "Shop.prof", SearchOption.AllDirectories).Single();
        Assert.That(result, Is.EqualTo(new ToolResult(exitCode, "", $"dotnet-prof: error: the report cannot be written to stdout: {reason}\n" +
            $"dotnet-prof: the profile was kept as {profile}; dotnet prof stats {Path.GetRelativePath(tool.Folder, profile)} shows it. Use -o FILE to " +
            "save it instead of printing it.\n")));
        Assert.That(new Stats(profile)["Program.Main"].Calls, Is.EqualTo(1));
    }

    [Test]
    public void What_was_to_be_printed_into_a_closed_pipe_is_not_kept()
    {
        tool.Environment["TMPDIR"] = tool.Folder;

        var result = Shell("{ \"$@\"; echo $? >&2; } | true", ToolApps.Assembly("Shop"), "exit", "0");

        Assert.That(result.Errors, Is.EqualTo("32\n"));
        Assert.That(Directory.GetFiles(tool.Folder, "*.prof", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void In_a_folder_that_was_removed_a_profile_has_a_whole_path()
    {
        const string script = "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"";

        var relative = Shell(script, "-o", "a.prof", ToolApps.Assembly("Shop"), "exit", "0");
        var whole = Shell(script, "-o", tool["a.prof"], ToolApps.Assembly("Shop"), "exit", "0");

        Assert.That(relative, Is.EqualTo(new ToolResult(1, "", "dotnet-prof: error: -o a.prof cannot be written: the current folder was removed. " +
            "Change to another one, or give the whole path.\n")));
        Assert.That(new Stats(tool["a.prof"])["Program.Main"].Calls, Is.EqualTo(1));
        Assert.That(whole.ExitCode, Is.Zero);
    }

    [TestCase("ps")]
    [TestCase("info --help")]
    [TestCase("cache")]
    public void What_a_verb_cannot_print_is_an_error_that_names_stdout(string arguments)
    {
        var result = Shell("\"$@\" >/dev/full", arguments.Split(' '));

        Assert.That(result, Is.EqualTo(new ToolResult(1, "", "dotnet-prof: error: nothing can be written to stdout: No space left on device.\n")));
    }

    [Test]
    public void An_export_into_a_closed_pipe_ends_like_a_report()
    {
        ProfFile.Write(RandomProfiles.Recording(1), tool["a.prof"]);

        Assert.That(Shell("{ \"$@\"; echo $? >&2; } | true", "export", "a.prof", "--to", "collapsed", "-o", "-").Errors, Is.EqualTo("32\n"));
    }

    ToolResult Shell(string script, params string[] arguments)
    {
        var start = tool.Start("sh", ["-c", script, "sh", "dotnet", ProfTool.Assembly, .. arguments]);
        using var running = new RunningTool(Process.Start(start)!, TimeSpan.FromMinutes(1));
        return running.End();
    }
}
