using System.IO.Compression;
using System.Xml.Linq;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Expectations and attributes from their packages, the attributes with the frameworks' own runners.</summary>
public class TestAttributeTests
{
    // Four tests make one query for an order, and four fifteen; none ends before all have begun.
    [TestCase("NUnit", "5.0.0", "vstest {0}", @"Passed: 4\s+Failed: 4\b|Failed: +4, Passed: +4,")]
    [TestCase("NUnit", "3.14.0", "vstest {0}", @"Passed: 4\s+Failed: 4\b|Failed: +4, Passed: +4,")]
    [TestCase("Xunit", "4.0.2", "{0} -maxThreads unlimited", "Total: 8, Errors: 0, Failed: 4,")]
    [TestCase("Xunit", "3.2.0", "{0} -maxThreads unlimited", "Total: 8, Errors: 0, Failed: 4,")]
    [TestCase("TUnit", "1.81.10", "{0} --maximum-parallel-tests 8", @"(?s)failed: 4\b.*succeeded: 4\b")]
    public void Eight_tests_at_once_pass_with_one_call_and_fail_with_fifteen(string framework, string version, string command, string summary)
    {
        using var consumer = new Consumer();
        consumer.BuildEnvironment.Add(("FrameworkVersion", version));
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

    // A project that has an older version than a package asks for is not restored (NU1605); a newer Microsoft.Testing.Platform than that of
    // the test framework does not fit its other extensions.
    [TestCase("ProfilerWeaver.Testing.NUnit", "NUnit", "4.3.2")]
    [TestCase("ProfilerWeaver.TestingPlatform", "Microsoft.Testing.Platform", "2.0.2")]
    public void A_package_asks_for_no_newer_framework_than_the_templates_of_the_SDK_have(string package, string framework, string ofTemplate)
    {
        var file = Path.Combine(Path.GetDirectoryName(PackageFeed.File)!, $"{package}.{PackageFeed.Version}.nupkg");
        using var archive = ZipFile.OpenRead(file);
        using var specification = archive.GetEntry(package + ".nuspec")!.Open();

        var asked = XDocument.Load(specification).Descendants().Single(element => element.Attribute("id")?.Value == framework).Attribute("version")!.Value;

        Assert.That(Version.Parse(asked), Is.AtMost(Version.Parse(ofTemplate)));
    }

    [TestCase("Release", "Expected at most 1 of Shop.Api. No call is counted, because nothing that has run is woven: build with -c Release-Profiled.")]
    [TestCase("Release-Profiled", "holds")]
    public void No_expectation_holds_just_because_nothing_is_woven(string configuration, string answer)
    {
        using var consumer = new Consumer();
        consumer.Build("Calls/Plain", configuration);

        var lines = consumer.Run("Calls/Plain", configuration).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0], Is.EqualTo(answer));
        Assert.That(lines[1], Is.EqualTo(answer.Replace("at most 1 of Shop.Api", "no method to be called more than 3 times", StringComparison.Ordinal)));
    }
}
