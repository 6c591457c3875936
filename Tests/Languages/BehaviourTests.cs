namespace ProfilerWeaver.Tests.Languages;

/// <summary>Whatever the F# and Visual Basic compilers emit does the same when it is woven, recorded or not.</summary>
[NonParallelizable]
public class BehaviourTests
{
    static IEnumerable<TestCaseData> FSharpFunctions => ScenarioFunctions.Of("Scenarios.FSharp");

    static IEnumerable<TestCaseData> VisualBasicFunctions => ScenarioFunctions.Of("Scenarios.VisualBasic");

    [TestCaseSource(nameof(FSharpFunctions))]
    public void FSharp_does_the_same(string configuration, string type, string function) =>
        Compare("Scenarios.FSharp", configuration, type, function);

    [TestCaseSource(nameof(VisualBasicFunctions))]
    public void Visual_Basic_does_the_same(string configuration, string type, string function) =>
        Compare("Scenarios.VisualBasic", configuration, type, function);

    static void Compare(string name, string configuration, string type, string function)
    {
        var expected = ScenarioFunctions.Original(name, configuration, type, function)();

        foreach (var builtins in new[] { false, true })
        {
            var woven = ScenarioFunctions.Woven(name, configuration, builtins, type, function);
            Assert.That(woven(), Is.EqualTo(expected), $"not recorded, Builtins {builtins}");

            using var profile = new Profile();
            profile.Enable();
            var recorded = woven();
            var rows = FlatProfile.From(profile.CreateStats());
            Assert.That(recorded, Is.EqualTo(expected), $"recorded, Builtins {builtins}");
            Assert.That(rows.Where(row => row.Label.Name == $"{type}.{function}").Select(row => row.Figures.Calls),
                Is.EqualTo(new[] { 1 }), "calls of the function");
        }
    }
}
