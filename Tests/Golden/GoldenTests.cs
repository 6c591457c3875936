using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Golden;

/// <summary>The woven form of the main shapes of methods, as compiled in Release, is what the listings beside this file
/// show.</summary>
public class GoldenTests
{
    const string Accept = "PROFILERWEAVER_ACCEPT_LISTINGS";
    const string Shapes = "Scenarios.Corpus.Shapes";

    [TestCase("Nothing", "", "Nothing")]
    [TestCase("Value", "", "Value")]
    [TestCase("Reference", "", "Reference")]
    [TestCase("Generic", "", "Same")]
    [TestCase("Throws", "", "Throws")]
    [TestCase("EarlyReturns", "", "EarlyReturns")]
    [TestCase("Lambda", "/<>c__DisplayClass*", "<Lambda>*")]
    [TestCase("Iterator", "/<Numbers>*", "MoveNext")]
    [TestCase("IteratorStart", "/<Numbers>*", "*GetEnumerator")]
    [TestCase("Async", "/<Sum>*", "MoveNext")]
    [TestCase("Constructor", "/Derived", ".ctor")]
    [TestCase("InitOnlySetter", "/Base", "set_Number")]
    public void A_method_is_woven_as_listed(string listing, string nestedType, string method) =>
        Compare(listing, builtins: false, nestedType, method);

    [TestCase("CallSites", "", "Calls")]
    [TestCase("AsyncCallSites", "/<Sum>*", "MoveNext")]
    public void External_calls_are_woven_as_listed(string listing, string nestedType, string method) =>
        Compare(listing, builtins: true, nestedType, method);

    static void Compare(string listing, bool builtins, string nestedType, string method)
    {
        var actual = Weave(builtins, nestedType, method);
        var path = Path.Combine(SourceFolder(), listing + ".il");
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(path, actual);
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";

        Assert.That(actual, Is.EqualTo(expected),
            $"{path} says:\n{expected}\nBut it is:\n{actual}\nIf that is right, run the tests once with {Accept}=1.");
    }

    // Only the shapes are woven: their numbers do not depend on the rest of the corpus.
    static string Weave(bool builtins, string nestedType, string method)
    {
        using var folder = new TemporaryFolder();
        var output = folder.File("Scenarios.Corpus.dll");
        var input = Path.Combine(AppContext.BaseDirectory, "scenarios", "Release", "Scenarios.Corpus.dll");
        var settings = new WeaverSettings { AutoStart = false, Builtins = builtins ? BuiltinCalls.All : BuiltinCalls.None, Include = [Shapes + ".*"] };
        FileWeaving.Weave(input, output, settings, typeof(Recorder).Assembly.Location,
            [Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
        using var module = ModuleDefinition.ReadModule(output);
        var type = module.GetAllTypes().Single(type => IsLike(type.FullName, Shapes + nestedType));
        return Listing.Of(type.Methods.Single(candidate =>
            IsLike(candidate.Name, method) && candidate.ReturnType.Name != "IEnumerator"));
    }

    static bool IsLike(string name, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
