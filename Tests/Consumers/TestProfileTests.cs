using System.Xml.Linq;
using ProfilerWeaver.Tests.CommandLineTool;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>A profile for each test of a test project that is not woven, with the frameworks' own runners.</summary>
public class TestProfileTests
{
    // All of them take minutes.
    static string[] Runners => Environment.GetEnvironmentVariable("PROFILERWEAVER_TESTRUNNERS") == "all"
        ? ["Xunit3", "NUnit", "MSTest", "TUnit"]
        : ["Xunit3"];

    // Of Repository.Load, by the last part of the test's name.
    static readonly Dictionary<string, int> Calls = new()
    {
        ["Queries1"] = 1,
        ["Queries15"] = 15,
        ["OrderTests.Plain"] = 3,
        ["Named: one <test>"] = 4,
        ["Fails"] = 2,
        ["OtherTests.Plain"] = 5,
        ["Awaits"] = 6,
        ["Of"] = 7,
    };

    [TestCase("Xunit2")]
    [TestCase("NUnit")]
    [TestCase("MSTest")]
    public void Dotnet_prof_leaves_a_profile_for_each_test_that_VSTest_ran_and_one_for_all(string framework)
    {
        using var consumer = new Consumer();
        consumer.Build($"Measured/{framework}", "Release");
        Directory.CreateDirectory(consumer["run"]);

        var run = CommandLine.Run("dotnet", consumer["run"],
            [ProfTool.Assembly, Assembly(consumer, framework), "--logger:trx;LogFileName=tests.trx", $"--ResultsDirectory:{consumer["run"]}"],
            ("DOTNET_PROF_CACHE", consumer["cache"]));

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(run.Output, Does.Contain("function calls").And.Match("[68] tests have a profile each in"), "the report of all");
        Check(consumer["run/profiles"], framework, RunnersNames(consumer["run/tests.trx"]));
        Assert.That(Directory.GetFiles(consumer["run"], "*.live", SearchOption.AllDirectories), Is.Empty, "the host had the time to write");
    }

    [TestCaseSource(nameof(Runners))]
    public void Dotnet_test_with_profile_leaves_the_same_on_the_testing_platform(string framework)
    {
        using var consumer = new Consumer();
        consumer.BuildEnvironment.Add(("TestRunner", "Platform"));
        File.WriteAllText(consumer["global.json"], """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        var project = $"Measured/{framework}";
        consumer.Build(project, "Release");
        string[] command = ["test", "--project", consumer[$"{project}/{framework}.csproj"], "-c", "Release", "--no-build"];
        (string, string)[] environment = [.. consumer.BuildEnvironment, ("DOTNET_PROF_CACHE", consumer["cache"])];

        var run = CommandLine.Run("dotnet", consumer["."], [.. command, $"--profile={consumer["run/profiles"]}"], environment);

        Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
        Assert.That(run.Output, Does.Match(@"succeeded: [57]\b"));
        var list = CommandLine.Run("dotnet", consumer["."], [.. command, "--list-tests"], environment).Output;
        Check(consumer["run/profiles"], framework, [.. list.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Trim()).Where(name => !name.EndsWith("Skipped", StringComparison.Ordinal))]);

        run = CommandLine.Run("dotnet", consumer["."], [.. command, $"--profile={consumer["global.json"]}/profiles"], environment);

        Assert.That(run.Output, Does.Contain("profiles cannot be made: ").And.Not.Contain("Unhandled exception"));
    }

    static string Assembly(Consumer consumer, string framework) =>
        consumer[$"Measured/{framework}/bin/Release/net10.0/Measured.{framework}.dll"];

    static string[] RunnersNames(string trx) => [.. XDocument.Load(trx).Descendants()
        .Where(element => element.Name.LocalName == "UnitTestResult" && (string?)element.Attribute("outcome") != "NotExecuted")
        .Select(result => (string)result.Attribute("testName")!)];

    static void Check(string folder, string framework, string[] listed)
    {
        var tests = Directory.GetFiles(Path.Combine(folder, $"Measured.{framework}")).Select(file => ProfFile.Read(file))
            .ToDictionary(profile => profile.Recording!.Program!, profile => CallsIn(profile));
        // Some runners leave out the class where they list tests.
        var names = tests.Keys.Select(name => listed.Where(known => name == known || name.EndsWith("." + known, StringComparison.Ordinal)).MaxBy(known => known.Length));
        Assert.That(names, Is.EquivalentTo(listed));
        foreach (var (name, calls) in tests)
            Assert.That(calls, Is.EqualTo(Calls[Key(name)]), name);
        Assert.That(CallsIn(ProfFile.Read(Path.Combine(folder, $"Measured.{framework}.prof"))), Is.EqualTo(tests.Values.Sum()), "all tests");
    }

    // Without arguments, but for those that count.
    static string Key(string name)
    {
        var plain = name.Replace("(5)", "", StringComparison.Ordinal).Replace("<Int32>(7)", "", StringComparison.Ordinal).Replace("(7)", "", StringComparison.Ordinal);
        return plain.Contains("Queries", StringComparison.Ordinal)
            ? plain.Contains("15", StringComparison.Ordinal) ? "Queries15" : "Queries1"
            : Calls.Keys.Single(key => plain == key || plain.EndsWith("." + key, StringComparison.Ordinal));
    }

    static long CallsIn(ProfContent content) => new Stats(content.Recording!)["Shop.Repository.Load"].Calls;
}
