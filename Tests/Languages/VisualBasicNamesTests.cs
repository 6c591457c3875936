using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Languages;

/// <summary>What the Visual Basic compiler makes of a method is shown under the name of the method.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class VisualBasicNamesTests(string configuration)
{
    readonly WovenAssembly scenarios = WovenAssembly.VisualBasic(configuration);

    [Test]
    public void Lambdas_are_named_after_the_method_around_them() => Expect("Lambdas", """
        Lambdas 1/1 0 16
        Lambdas.<lambda> 3/3 6 6
          < Lambdas 3/3 6 6
        Lambdas.<lambda> 1/1 0 10
          < Lambdas 1/1 0 10
        Spend 1/1 10 10
          < Lambdas.<lambda> 1/1 10 10

        """);

    [Test]
    public void An_iterator_is_called_once_for_each_enumeration() => Expect("Iterators", """
        Iterators 1/1 6000 6062
        Iterators.<lambda> 1/1 10 10
          < Iterators 1/1 10 10
        Numbers 2/2 52 52
          < Iterators 2/2 52 52

        """);

    [Test]
    public void An_async_method_is_called_once_and_resumed_apart() => Expect("Asynchronous", """
        Asynchronous 1/1 1000 1040
        Asynchronous.<lambda> 2/2 7 7
          < Asynchronous 2/2 7 7
        Inner 1/1 30 30
          < Outer 1/1 30 30
        Outer 1/1 3 33
          < Asynchronous 1/1 3 33

        """);

    [Test]
    public void On_Error_Resume_Next_ends_the_failed_call() => Expect("Errors", """
        Errors 1/1 0 8
        Fail 2/2 7 7
          < Errors 2/2 7 7
        Spend 1/1 1 1
          < Errors 1/1 1 1

        """);

    [Test]
    public void Events_and_their_handlers_are_rows() => Expect("Events", """
        Events 1/1 0 2
        Sink.OnRaised 2/2 2 2
          < Source.Fire 2/2 2 2
        Sink.Sink 1/1 0 0
          < Events 1/1 0 0
        Sink.Source 2/2 0 0
          < Events 2/2 0 0
        Sink.Source= 1/1 0 0
          < Events 1/1 0 0
        Source.Fire 2/2 0 2
          < Events 2/2 0 2
        Source.Raised+= 1/1 0 0
          < Sink.Source= 1/1 0 0
        Source.Source 1/1 0 0
          < Events 1/1 0 0

        """);

    [Test]
    public void Properties_with_parameters_and_operators_are_named_as_they_are_written() => Expect("Members", """
        Members 1/1 4 13
        Shelf.Owner 1/1 0 0
          < Members 1/1 0 0
        Shelf.Owner= 1/1 0 0
          < Shelf.implicit operator Shelf 1/1 0 0
        Shelf.Pages 1/1 0 1
          < Members 1/1 0 1
        Shelf.Pages= 1/1 0 2
          < Members 1/1 0 2
        Shelf.Shelf 1/1 0 0
          < Shelf.implicit operator Shelf 1/1 0 0
        Shelf.implicit operator Shelf 1/1 0 0
          < Members 1/1 0 0
        Shelf.operator + 1/1 3 3
          < Members 1/1 3 3
        Shelf.this[] 2/2 2 2
          < Members 1/1 1 1
          < Shelf.Pages 1/1 1 1
        Shelf.this[]= 2/2 4 4
          < Members 1/1 2 2
          < Shelf.Pages= 1/1 2 2

        """);

    [Test]
    public void No_row_has_a_name_that_the_compiler_made() =>
        Assert.That(scenarios.Report.Woven.Select(method => method.Name), Has.None.Match(@"\$|__|AnonymousType"));

    [TestCase("WithoutNamespace.Closures.<lambda>")]
    [TestCase("Scenarios.Members.Matrix.this[]")]
    [TestCase("Scenarios.Members.Matrix.Name")]
    [TestCase("Scenarios.Members.Matrix.AllOf=")]
    [TestCase("Scenarios.Members.Money.operator Like")]
    [TestCase("Scenarios.Members.Money.operator \\")]
    [TestCase("Scenarios.Members.Money.implicit operator Money")]
    [TestCase("Scenarios.Members.Publisher.Changed+=")]
    [TestCase("Scenarios.Members.Stack<T>.Largest<TResult>.<lambda>")]
    [TestCase("Scenarios.Asynchronous.Together<T>")]
    [TestCase("Scenarios.Iterators.Range.Reversed")]
    [TestCase("Scenarios.Iterators.Lambdas.<lambda>")]
    public void The_row_is_called(string name) =>
        Assert.That(scenarios.Report.Woven.Select(method => method.Name), Has.Member(name));

    void Expect(string method, string expected) => Assert.That(
        ProfileText.Of(scenarios.Profile("Scenarios.Counts", method), "Scenarios.Counts."), Is.EqualTo(expected));
}
