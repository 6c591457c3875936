namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The attributes for test frameworks, from their packages, with the frameworks' own runners.</summary>
public class TestAttributeTests
{
    // Four tests make one query for an order, and four fifteen; none ends before all have begun.
    [TestCase("NUnit", "vstest {0}", @"Passed: 4\s+Failed: 4\b|Failed: +4, Passed: +4,")]
    [TestCase("Xunit", "{0} -maxThreads unlimited", "Total: 8, Errors: 0, Failed: 4,")]
    [TestCase("TUnit", "{0} --maximum-parallel-tests 8", @"(?s)failed: 4\b.*succeeded: 4\b")]
    public void Eight_tests_at_once_pass_with_one_call_and_fail_with_fifteen(string framework, string command, string summary)
    {
        using var consumer = new Consumer();
        var project = $"Calls/{framework}";
        consumer.Build(project, "Release-Profiled");
        var assembly = consumer[$"{project}/bin/Release-Profiled/net10.0/Calls.{framework}.dll"];
        Directory.CreateDirectory(consumer["run"]);

        var run = CommandLine.Run("dotnet", consumer["run"], command.Split(' ').Select(word => word == "{0}" ? assembly : word),
            [.. consumer.BuildEnvironment]);

        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Output, Does.Match(summary));
        Assert.That(run.Output, Does.Contain("Repository.Load was called 15 times in 1 call of Api.GetOrder, 15 per call; expected exactly 1.")
            .And.Contain("15× Shop.Repository.Load  <--"));
        Assert.That(run.Output, Does.Not.Contain("1 time in 1 call"));
        // Below the current folder, which VSTest chooses.
        var profiles = Directory.GetFiles(consumer["."], "*.prof", SearchOption.AllDirectories);
        Assert.That(profiles.Select(profile => new Stats(profile)["Shop.Repository.Load"].Calls), Is.EquivalentTo(new[] { 1, 1, 1, 1, 15, 15, 15, 15 }));
    }
}
