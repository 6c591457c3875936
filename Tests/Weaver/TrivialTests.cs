using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Methods of which the probe takes most of the time can be left out.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class TrivialTests(string configuration)
{
    const string Type = "Scenarios.Trivial";

    [Test]
    public void They_are_recorded_unless_told_otherwise() =>
        Assert.That(Rows(trivial: true), Is.SupersetOf(new[] { "Auto", "Auto=", "Field", "IsLarge", "Nothing", "Pair.Left", "Trivial" }));

    [Test]
    public void Left_out_are_small_bodies_without_calls_and_what_the_compiler_wrote() => Assert.That(Rows(trivial: false), Is.EquivalentTo(new[]
    {
        "Run", "Calls", "Allocates", "Handles", "Long", "Pair.Pair",
    }));

    [Test]
    public void The_report_says_why()
    {
        var skipped = WovenAssembly.CSharp(configuration, new() { Trivial = false }).Report.Skipped
            .Where(method => method.Method.Contains(Type)).ToDictionary(method => method.Method, method => method.Reason);

        Assert.That(skipped[$"System.Int32 {Type}::get_Field()"], Is.EqualTo("trivial"));
        Assert.That(skipped[$"System.Int32 {Type}::get_Auto()"], Is.EqualTo("compiler-generated"));
        Assert.That(skipped[$"System.String {Type}/Pair::ToString()"], Is.EqualTo("compiler-generated"));
        Assert.That(skipped.Keys, Has.None.Contains("Loops").And.None.Contains("Handles"));
    }

    IEnumerable<string> Rows(bool trivial) =>
        FlatProfile.From(WovenAssembly.CSharp(configuration, new() { Trivial = trivial }).Profile(Type, "Run"))
            .Select(row => row.Name.Replace("Scenarios.Trivial.", ""));
}
