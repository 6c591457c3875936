using System.Diagnostics;
using System.Reflection;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>What a compiler makes of odd programs behaves woven as it did before.</summary>
[NonParallelizable]
[TestFixture("Debug", false)]
[TestFixture("Debug", true)]
[TestFixture("Release", false)]
[TestFixture("Release", true)]
public class CorpusTests(string configuration, bool builtins)
{
    public static IEnumerable<TestCaseData> Cases =>
        from method in CorpusAssembly.Original("Debug").Cases
        select new TestCaseData(method.DeclaringType!.FullName, method.Name)
            .SetArgDisplayNames(method.DeclaringType.Name, method.Name);

    [Test]
    public void The_corpus_has_the_same_cases_in_every_configuration() =>
        Assert.That(Cases.Count(),
            Is.GreaterThan(90).And.EqualTo(CorpusAssembly.Original(configuration).Cases.Count()));

    [TestCaseSource(nameof(Cases))]
    public void A_recorded_program_does_what_it_did(string type, string method)
    {
        var expected = CorpusAssembly.Original(configuration).Run(type, method);
        var woven = CorpusAssembly.Woven(configuration, builtins);
        string actual;
        ProfileData data;
        using (var profile = new Profile())
        {
            profile.Enable();
            actual = woven.Run(type, method);
            data = profile.CreateStats();
        }

        Assert.That(actual, Is.EqualTo(expected));
        var name = $"{type}.{method}".Replace('+', '.');
        Assert.That(data.Methods.Select(label => label.Name), Has.Some.EqualTo(name).Or.Some.StartsWith(name + "("));
    }

    [TestCaseSource(nameof(Cases))]
    public void A_program_that_is_not_recorded_does_what_it_did(string type, string method) =>
        Assert.That(CorpusAssembly.Woven(configuration, builtins).Run(type, method),
            Is.EqualTo(CorpusAssembly.Original(configuration).Run(type, method)));

    [TestCaseSource(nameof(Cases))]
    public void Each_method_that_is_entered_is_exited_once_and_in_order(string type, string method)
    {
        var woven = CorpusAssembly.WovenStrictly(configuration, builtins);
        var entered = Ask<long>("Entered");
        var violations = Ask<string[]>("Violations").Length;

        var actual = woven.Run(type, method);

        // The thread that completed the last task may not be quite back yet.
        SpinWait.SpinUntil(() => Ask<int>("Open") == 0, TimeSpan.FromSeconds(10));
        Assert.That(Ask<string[]>("Violations").Skip(violations), Is.Empty);
        Assert.That(Ask<int>("Open"), Is.Zero);
        Assert.That(Ask<long>("Entered"), Is.GreaterThan(entered));
        Assert.That(actual, Is.EqualTo(CorpusAssembly.Original(configuration).Run(type, method)));

        T Ask<T>(string property) => (T)woven.Context.LoadFromAssemblyName(new("Scenarios.StrictRecorder"))
            .GetType("ProfilerWeaver.Recorder", throwOnError: true)!.GetProperty(property)!.GetValue(null)!;
    }
}
