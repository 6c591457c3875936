namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof --paused</c>: the program begins asleep.</summary>
[Platform("Linux")]
public sealed class PausedTests : IDisposable
{
    readonly ProfTool tool = new();

    public PausedTests() => tool.Environment["PROFILERWEAVER_CONTROL"] = tool.Folder;

    public void Dispose() => tool.Dispose();

    [Test]
    public void A_program_that_is_not_woven_is_started_asleep_by_the_tool()
    {
        using var running = tool.Begin("--paused", "--no-builtins", ToolApps.Assembly("Shop"), "wait");
        running.WaitFor("waiting 3");

        var listed = tool.Run("ps").Output;
        var started = tool.Run("start", "Shop", "-o", tool["shop.prof"]);
        var stopped = tool.Run("stop", "Shop");
        running.Signal("TERM");
        var ended = running.End();

        Assert.That(listed, Does.Match(@"(?m)^\d+ +Shop +asleep "));
        Assert.That(started.ExitCode, Is.Zero, started.Errors);
        Assert.That(stopped.Errors, Does.Match(@"^dotnet-prof: error: Shop \(\d+\): Nothing was recorded: "));
        Assert.That(ended.Errors, Is.Empty);
    }

    [Test]
    public void A_program_that_nobody_had_record_says_so_when_a_signal_ends_it_and_leaves_no_socket()
    {
        using var running = tool.Begin("--paused", "--no-builtins", ToolApps.Assembly("Shop"), "wait");
        running.WaitFor("waiting 3");
        running.Signal("TERM");
        var ended = running.End();

        Assert.That(ended.Errors, Is.EqualTo("ProfilerWeaver: nothing was recorded: the program was started with --paused, and was never told to " +
            "record (dotnet prof start)\n"));
        Assert.That(ended.ExitCode, Is.EqualTo(143));
        Assert.That(Directory.GetFiles(tool.Folder), Is.Empty);
    }

    [TestCase("--warm", "1s")]
    [TestCase("--delay", "1s")]
    [TestCase("--start-at", "Main")]
    [TestCase("--stop-after", "Main")]
    public void When_it_begins_and_ends_is_said_by_other_commands(string option, string value)
    {
        var result = tool.Run("--paused", option, value, ToolApps.Assembly("Shop"), "sell", "tea");

        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: --paused cannot be combined with --warm, --start-at or --stop-after: "));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [TestCase("-o", "names.prof", "-o FILE")]
    [TestCase("--for", "10s", "--for TIME")]
    public void What_starts_the_recording_says_more_of_it(string option, string value, string what)
    {
        var result = tool.Run("--paused", option, value, ToolApps.Assembly("Shop"), "sell", "tea");

        Assert.That(result.Errors, Is.EqualTo($"dotnet-prof: error: --paused cannot be combined with {option}: give it to dotnet prof start instead " +
            $"(dotnet prof start PROGRAM {what}).\n"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }
}
