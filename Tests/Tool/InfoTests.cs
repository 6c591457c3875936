namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof info</c> says what this machine is measured with, and why.</summary>
public sealed class InfoTests : IDisposable
{
    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [Test]
    public void It_has_the_machine_the_clock_and_the_cost_of_a_call_with_each()
    {
        var result = tool.Run("info");

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
        var lines = result.Output.Split('\n');
        Assert.That(lines, Has.Some.StartsWith("runtime       .NET ").And.Some.StartsWith("system clock  ").And.Some.StartsWith("clock         wall ("));
        foreach (var clock in new[] { "wall", "cpu", "allocations", "none" })
            Assert.That(lines, Has.One.Matches($"^{clock} +\\d+\\.\\d$"));
    }

    [Test]
    public void A_counter_that_was_forbidden_is_named()
    {
        tool.Environment["PROFILERWEAVER_TSC"] = "0";

        Assert.That(tool.Run("info").Output, Does.Contain("clock         wall (stopwatch): PROFILERWEAVER_TSC=0 forbids the "));
    }
}
