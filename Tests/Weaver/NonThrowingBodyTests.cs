using Mono.Cecil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Which bodies need no finally.</summary>
[TestFixture("Debug")]
[TestFixture("Release")]
public class NonThrowingBodyTests(string configuration)
{
    const string Scenario = "Scenarios.Corpus.NothingThrown/";

    [TestCase("Plain", new[] { ".ctor", "get_Number", "set_Number", "Sum", "Kind", "Forget" })]
    [TestCase("Pair", new[] { "get_Left", "set_Left", "Copy" })]
    [TestCase("Throwing", new string[0])]
    [TestCase("Prepared", new string[0])]
    public void What_only_moves_values_has_none(string type, string[] methods)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(WovenAssembly.Folder, configuration, "Scenarios.Corpus.dll"));

        var without = module.GetType(Scenario + type).Methods.Where(method => NonThrowingBody.Is(method.Body)).Select(method => method.Name);

        Assert.That(without, Is.EquivalentTo(methods));
    }
}
