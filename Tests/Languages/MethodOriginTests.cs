using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Languages;

[TestFixture("Debug")]
[TestFixture("Release")]
public class MethodOriginTests(string configuration)
{
    [TestCase("Scenarios.Corpus")]
    [TestCase("Scenarios.FSharp")]
    [TestCase("Scenarios.VisualBasic")]
    public void Every_name_begins_with_the_type_and_goes_on_with_the_member(string assembly)
    {
        var labels = WovenRows.Of(assembly, configuration).Methods.Select(method => method.Label).ToList();

        Assert.That(labels, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var label in labels)
            {
                Assert.That(label.Assembly, Is.EqualTo(assembly));
                Assert.That(label.Type, Is.Not.Null.And.Not.EndWith("."), label.Name);
                Assert.That(label.Name, Does.StartWith(label.Type + "."));
                Assert.That(label.Name, Has.Length.GreaterThan(label.Type!.Length + 1));
            }
        });
    }

    [TestCase("Scenarios.Corpus", "Scenarios.Corpus.LocalBox<T>.Lid.Size.<lambda>", "Scenarios.Corpus.LocalBox<T>.Lid")]
    [TestCase("Scenarios.Corpus", "Scenarios.Corpus.Levelled.ILocal.Level=", "Scenarios.Corpus.Levelled")]
    [TestCase("Scenarios.Corpus", "Scenarios.Corpus.Local.Twice(LocalBox<int>)", "Scenarios.Corpus.Local")]
    [TestCase("Scenarios.FSharp", "Scenarios.Functions.innerRecursion.fib", "Scenarios.Functions")]
    [TestCase("Scenarios.FSharp", "Scenarios.Classes.objectExpressions.ILogger.Log", "Scenarios.Classes")]
    [TestCase("Scenarios.FSharp", "Scenarios.Generics.Outer<A>.Combine<B>.mapped", "Scenarios.Generics.Outer<A>")]
    public void Moved_code_is_of_the_type_that_it_was_written_in(string assembly, string name, string type) =>
        Assert.That(WovenRows.Of(assembly, configuration).Methods.First(method => method.Label.Name == name).Label.Type, Is.EqualTo(type));

    [Test]
    public void External_methods_are_of_the_assembly_that_is_referred_to()
    {
        var label = WovenRows.Of("Scenarios.Corpus", configuration).ExternalLabels.First(label => label.Name == "<System.Object.ToString>");

        Assert.That((label.Assembly, label.Type, label.Kind), Is.EqualTo(("System.Runtime", "System.Object", MethodKind.External)));
    }
}
