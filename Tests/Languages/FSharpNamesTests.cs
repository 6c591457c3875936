using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Languages;

/// <summary>What the F# compiler makes of a function is shown under the name of the function.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class FSharpNamesTests(string configuration)
{
    readonly WovenAssembly scenarios = WovenAssembly.FSharp(configuration);

    [Test]
    public void A_tail_call_ends_the_frame_of_its_caller() => Expect("mutualTailRecursion", debug: """
        mutualTailRecursion 1/1 0 23
        ping 3/1 3 23
          < mutualTailRecursion 1/1 1 23
          < pong 2/1 2 12
        pong 2/1 20 22
          < ping 2/1 20 22

        """,
        release: """
        mutualTailRecursion 1/1 0 0
        ping 3/3 3 3
        pong 2/2 20 20

        """);

    [Test]
    public void Closures_are_named_after_the_function_around_them() => Expect("closures", debug: """
        closures 1/1 0 318
        closures.<lambda> 2/2 0 13
          < closures 2/2 0 13
        closures.<lambda> 2/2 0 300
          < closures 2/2 0 300
        closures.inner 1/1 0 5
          < closures 1/1 0 5
        leaf 5/5 318 318
          < closures.<lambda> 2/2 13 13
          < closures.<lambda> 2/2 300 300
          < closures.inner 1/1 5 5

        """,
        release: """
        closures 1/1 300 318
        closures.<lambda> 2/2 13 13
          < closures 2/2 13 13
        closures.inner 1/1 5 5
          < closures 1/1 5 5

        """);

    [Test]
    public void A_partially_applied_function_keeps_its_name() => Expect("partialApplication", debug: """
        leaf 4/4 18 18
          < partialApplication.add 4/4 18 18
        partialApplication 1/1 0 18
        partialApplication.add 4/4 0 18
          < partialApplication 4/4 0 18

        """,
        release: """
        partialApplication 1/1 0 18
        partialApplication.<lambda> 4/4 18 18
          < partialApplication 4/4 18 18
        partialApplication.add 1/1 0 0
          < partialApplication 1/1 0 0

        """);

    [Test]
    public void A_seq_is_called_once_for_each_enumeration() => Expect("sequences", """
        numbers 2/2 52 52
          < sequences 2/2 52 52
        sequences 1/1 5000 5052

        """);

    [Test]
    public void A_task_is_called_once_and_resumed_apart() => Expect("tasks", debug: """
        inner 2/2 0 40
          < outer.<lambda> 2/2 0 40
        inner.<lambda> 2/2 20 20
          < inner 2/2 20 20
        inner.<lambda> 2/2 0 0
          < inner.<lambda> 2/2 0 0
        inner.<lambda> 2/2 0 40
          < inner.<lambda>#2 1/1 0 20
          < tasks 1/1 0 20
        inner.<lambda>#2 2/2 0 20
          < inner 2/2 0 20
        inner.<lambda>#2 2/2 40 40
          < inner.<lambda> 2/2 40 40
        outer 2/2 0 44
          < tasks 2/2 0 44
        outer.<lambda> 2/2 2 42
          < outer 2/2 2 42
        outer.<lambda> 2/2 4 4
          < outer 1/1 2 2
          < tasks 1/1 2 2
        tasks 1/1 1000 1066

        """,
        release: """
        inner 2/2 60 60
          < outer 2/2 60 60
        outer 2/2 6 66
          < tasks 2/2 6 66
        tasks 1/1 1000 1066

        """);

    [Test]
    public void Members_are_named_as_they_are_written() => Expect("members", debug: """
        Greeter.Count 1/1 2 2
          < members 1/1 2 2
        Greeter.Count= 1/1 0 0
          < members 1/1 0 0
        Greeter.Greet 1/1 1 1
          < members 1/1 1 1
        Greeter.Greeter 1/1 0 0
          < members 1/1 0 0
        Greeter.IDisposable.Dispose 1/1 4 4
          < members 1/1 4 4
        Temperature.Celsius 1/1 0 0
          < members 1/1 0 0
        Temperature.Celsius.Celsius 1/1 0 0
          < Temperature.Celsius 1/1 0 0
        Temperature.InKelvin 2/2 2 2
          < Temperature.operator + 1/1 1 1
          < |Warm|Cold| 1/1 1 1
        Temperature.Kelvin 1/1 0 0
          < Temperature.operator + 1/1 0 0
        Temperature.Kelvin.Kelvin 1/1 0 0
          < Temperature.Kelvin 1/1 0 0
        Temperature.Temperature 2/2 0 0
          < Temperature.Celsius.Celsius 1/1 0 0
          < Temperature.Kelvin.Kelvin 1/1 0 0
        Temperature.operator + 1/1 0 1
          < members 1/1 0 1
        members 1/1 5 23
        members.IComparable.CompareTo 1/1 7 7
          < members 1/1 7 7
        |Warm|Cold| 1/1 2 3
          < members 1/1 2 3

        """,
        release: """
        Greeter.Greet 1/1 1 1
          < members 1/1 1 1
        Greeter.Greeter 1/1 0 0
          < members 1/1 0 0
        Greeter.IDisposable.Dispose 1/1 4 4
          < members 1/1 4 4
        Temperature.Celsius 1/1 0 0
          < members 1/1 0 0
        Temperature.Celsius.Celsius 1/1 0 0
          < Temperature.Celsius 1/1 0 0
        Temperature.InKelvin 2/2 2 2
          < members 1/1 1 1
          < |Warm|Cold| 1/1 1 1
        Temperature.Kelvin 1/1 0 0
          < members 1/1 0 0
        Temperature.Kelvin.Kelvin 1/1 0 0
          < Temperature.Kelvin 1/1 0 0
        Temperature.Temperature 2/2 0 0
          < Temperature.Celsius.Celsius 1/1 0 0
          < Temperature.Kelvin.Kelvin 1/1 0 0
        members 1/1 7 23
        members.IComparable.CompareTo 1/1 7 7
          < members 1/1 7 7
        |Warm|Cold| 1/1 2 3
          < members 1/1 2 3

        """);

    [Test]
    public void The_parts_of_an_async_are_named_after_the_function_around_it()
    {
        var rows = FlatProfile.From(scenarios.Profile("Scenarios.Counts", "asyncs")).Select(row => row.Label.Name);

        Assert.That(rows.Select(name => name.Split('#')[0]).Distinct(), Is.EquivalentTo(new[]
        {
            "Scenarios.Counts.asyncs", "Scenarios.Counts.asyncs.<lambda>", "Scenarios.Counts.later",
            "Scenarios.Counts.later.<lambda>",
        }));
    }

    [Test]
    public void No_row_has_a_name_that_the_compiler_made() =>
        Assert.That(scenarios.Report.Woven.Select(method => method.Name),
            Has.None.Match(@"@\d|AnonymousType|StartupCode|\bPipe #|op_"));

    [TestCase("Scenarios.Functions.operator <+><a,b>")]
    [TestCase("Scenarios.Functions.name with spaces")]
    [TestCase("Scenarios.Functions.|DivisibleBy|_|")]
    [TestCase("Scenarios.Functions.innerRecursion.fib")]
    [TestCase("Scenarios.Functions.activePatterns.describe")]
    [TestCase("Scenarios.Functions.pipelines.<lambda>")]
    [TestCase("Scenarios.Generics.Outer<A>.Combine<B>.mapped")]
    [TestCase("Scenarios.Classes.objectExpressions.ILogger.Log")]
    [TestCase("Scenarios.Classes.objectExpressions.Compare")]
    [TestCase("Scenarios.Types.Shape.Rectangle")]
    [TestCase("Scenarios.Types.Shape.IsCircle")]
    [TestCase("Scenarios.Types.Vector.operator -")]
    [TestCase("Scenarios.Sequences.disposal.items")]
    [TestCase("Scenarios.Sequences.generic<T>")]
    [TestCase("Scenarios.Asynchronous.mailbox.loop")]
    [TestCase("<anonymous type: Id,Tag>.ToString")]
    public void The_row_is_called(string name) =>
        Assert.That(scenarios.Report.Woven.Select(method => method.Name), Has.Member(name));

    // In Release the compiler inlines small functions and makes tail calls; in Debug tasks run by closures.
    void Expect(string method, string debug, string release) =>
        Expect(method, configuration == "Debug" ? debug : release);

    void Expect(string method, string expected) => Assert.That(
        ProfileText.Of(scenarios.Profile("Scenarios.Counts", method), "Scenarios.Counts."), Is.EqualTo(expected));
}
