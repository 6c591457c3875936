using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The diagnoser for BenchmarkDotNet, from its package, in a program that BenchmarkDotNet builds and runs.</summary>
public class BenchmarkTests
{
    [Test]
    public void Calls_for_each_operation_are_columns_and_the_timed_processes_are_not_woven()
    {
        // The build that BenchmarkDotNet makes of it does not take an apostrophe.
        using var consumer = new Consumer("Benchmarked ");
        consumer.Build("Benchmarked", "Release");

        var run = CommandLine.Run("dotnet", consumer["Benchmarked"], [consumer.Output("Benchmarked", "Release"), "--filter", "*", "--job", "Dry"],
            [.. consumer.BuildEnvironment, ("DOTNET_PROF_CACHE", consumer["cache"])]);

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(Rows(run.Output), Is.EqualTo([("Fib", "177", "-"), ("Halves", "-", "0.75")]), run.Output);
        Assert.That(Regex.Matches(run.Output, "woven: (True|False), Fib|// Run, Diagnostic").Select(match => match.Groups[1].Value),
            Is.EqualTo(new[] { "False", "", "True", "False", "", "True" }), "timed, and then the run for the diagnoser");
        Assert.That(run.Output, Does.Contain("Maths.Halve: The profile has no method 'Maths.Halve'. Did you mean Maths.Half?"));
        var profiles = consumer["Benchmarked/BenchmarkDotNet.Artifacts/profiles"];
        var fib = new Stats(Path.Combine(profiles, "Numbers.Fib-Dry.prof"));
        Assert.That(fib["Maths.Fib"].Calls, Is.EqualTo(fib["Numbers.Fib"].Calls * 177 + 15), "those of the setup, too");
        Assert.That(Directory.GetFiles(profiles).Select(Path.GetFileName), Is.EquivalentTo(new[] { "Numbers.Fib-Dry.prof", "Numbers.Halves-Dry.prof" }));
    }

    // Method, calls of Maths.Fib, calls of Maths.Half.
    static (string, string, string)[] Rows(string output)
    {
        var lines = output.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        var head = lines.Find(line => line.Contains("Method"))!;
        return [.. lines.Where(line => line[1] is "Fib" or "Halves")
            .Select(line => (line[1], line[Array.IndexOf(head, "Calls of Maths.Fib")], line[Array.IndexOf(head, "Calls of Maths.Half")]))];
    }
}
