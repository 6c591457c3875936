using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Programs whose calls are known by construction: every row, every caller, every tick.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class ExactCountsTests(string configuration)
{
    readonly WovenAssembly scenarios = WovenAssembly.CSharp(configuration);

    [Test]
    public void Recursion_counts_the_outermost_calls_as_primitive() => Expect("Recursion", """
        Fact 7/2 16 16
          < Fact 5/2 9 9
          < Recursion 2/2 7 16
        Recursion 1/1 0 16

        """);

    [Test]
    public void Mutual_recursion_is_judged_for_each_method_and_each_edge_by_itself() => Expect("MutualRecursion", """
        A 3/1 6 46
          < B 2/1 4 24
          < MutualRecursion 1/1 2 46
        B 2/1 40 44
          < A 2/1 40 44
        MutualRecursion 1/1 0 46

        """);

    [Test]
    public void Recursion_through_another_method_is_recursion_of_both() => Expect("RecursionThroughAnother", """
        R 3/1 3 203
          < RecursionThroughAnother 1/1 1 203
          < X 2/1 2 102
        RecursionThroughAnother 1/1 0 203
        X 2/1 200 202
          < R 2/1 200 202

        """);

    [Test]
    public void An_exception_ends_every_frame_it_passes() => Expect("ExceptionThroughFrames", """
        After 1/1 2 2
          < Outer 1/1 2 2
        ExceptionThroughFrames 1/1 0 11
        Middle 1/1 1 6
          < Outer 1/1 1 6
        Outer 1/1 3 11
          < ExceptionThroughFrames 1/1 3 11
        Thrower 1/1 5 5
          < Middle 1/1 5 5

        """);

    [Test]
    public void Lambdas_and_local_functions_are_named_after_the_method_around_them() => Expect("Lambdas", """
        Lambdas 1/1 0 42
        Lambdas.<lambda> 3/3 21 21
          < Lambdas 3/3 21 21
        Lambdas.Local 2/2 21 21
          < Lambdas 2/2 21 21

        """);

    [Test]
    public void All_instantiations_of_a_generic_method_are_one_row() => Expect("Generics", """
        Box<T>.Put 3/3 12 15
          < Generics 3/3 12 15
        Generics 1/1 0 16
        Same<T> 4/4 4 4
          < Box<T>.Put 3/3 3 3
          < Generics 1/1 1 1

        """);

    [Test]
    public void An_iterator_is_called_once_for_each_enumeration() => Expect("Iterators", """
        Iterators 1/1 6000 6222
        Numbers 2/2 222 222
          < Iterators 2/2 222 222

        """);

    [Test]
    public void A_nested_iterator_is_called_by_the_one_that_enumerates_it() => Expect("NestedIterators", """
        InnerNumbers 1/1 30 30
          < OuterNumbers 1/1 30 30
        NestedIterators 1/1 2000 2031
        OuterNumbers 1/1 1 31
          < NestedIterators 1/1 1 31

        """);

    [Test]
    public void A_recursive_iterator_is_called_once_for_each_level()
    {
        var profile = scenarios.Profile("Scenarios.Counts", "RecursiveIterator");

        Assert.That(ProfileText.Of(profile, "Scenarios.Counts."), Is.EqualTo("""
            RecursiveIterator 1/1 4000 4004
            Walk 4/1 4 4
              < RecursiveIterator 1/1 1 4
              < Walk 3/1 3 3

            """));
        // 14 entries in all, as CPython counts them: four calls, the others resume.
        Assert.That(new Stats(profile)["Walk"].Resumes, Is.EqualTo(10));
    }

    [Test]
    public void An_async_method_is_called_once_and_resumed_apart() => Expect("Async", """
        AfterAwait 1/1 50 50
          < AsyncOuter 1/1 50 50
        Async 1/1 1000 1117
        AsyncInner 2/2 60 60
          < AsyncOuter 2/2 60 60
        AsyncOuter 1/1 7 117
          < Async 1/1 7 117

        """);

    [Test]
    public void W1_An_async_method_goes_on_after_it_completes_a_builder_of_its_own() => Expect("CompletionSources", """
        CompletionSources 1/1 0 7
        Consume 1/1 0 2
          < CompletionSources 1/1 0 2
        OwnBuilder 1/1 0 3
          < CompletionSources 1/1 0 3
        OwnBuilderOfIterator 1/1 0 2
          < CompletionSources 1/1 0 2
        OwnPromise 1/1 0 2
          < Consume 1/1 0 2
        Step 7/7 7 7
          < OwnBuilder 3/3 3 3
          < OwnBuilderOfIterator 2/2 2 2
          < OwnPromise 2/2 2 2

        """);

    // What runs the state machine is not the user's call.
    [Test]
    public void W1_Calls_of_a_builder_of_its_own_are_external_calls()
    {
        var profile = scenarios.Profile("Scenarios.Counts", "CompletionSources", builtins: true);

        var rows = FlatProfile.From(profile).Select(row => $"{row.Label.Name} {row.Figures.Calls}")
            .Where(row => row.Contains(".Set", StringComparison.Ordinal) || row.Contains(".Create", StringComparison.Ordinal));
        Assert.That(rows.Order(StringComparer.Ordinal), Is.EqualTo((string[])[
            "<System.Runtime.CompilerServices.AsyncTaskMethodBuilder.Create> 2",
            "<System.Runtime.CompilerServices.AsyncTaskMethodBuilder.SetResult> 2",
            "<System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore.SetException> 1",
            "<System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore.SetResult> 1",
        ]));
    }

    [Test]
    public void Profilee_gives_the_table_of_CPython() => Expect("Scenarios.Profilee", "Testfunc", """
        <Outside.Attributes.Has> 12/12 0 12
          < Helper1 4/4 0 4
          < Helper2 8/8 0 8
        <Outside.Attributes.NewList> 4/4 0 0
          < Helper1 4/4 0 0
        <System.Collections.Generic.ICollection.Add> 4/4 0 0
          < Helper1 4/4 0 0
        <System.MissingMemberException.MissingMemberException> 28/28 0 0
          < GetAttr 28/28 0 0
        Factorial 23/3 150 170
          < Factorial 20/3 130 147
          < Helper2Indirect 2/2 6 40
          < Testfunc 1/1 14 130
        GetAttr 28/28 28 28
          < <Outside.Attributes.Has> 12/12 12 12
          < Subhelper 16/16 16 16
        Helper 2/2 40 600
          < Testfunc 2/2 40 600
        Helper1 4/4 116 120
          < Helper 4/4 116 120
        Helper2 8/8 312 400
          < Helper 6/6 234 300
          < Helper2Indirect 2/2 78 100
        Helper2Indirect 2/2 0 140
          < Helper 2/2 0 140
        Mul 20/20 20 20
          < Factorial 20/20 20 20
        Subhelper 8/8 64 80
          < Helper2 8/8 64 80
        Testfunc 1/1 270 1000

        """, builtins: true);

    [Test]
    public void Profilee_gives_the_table_of_CPython_without_builtins() => Expect("Scenarios.Profilee", "Testfunc", """
        Factorial 23/3 150 170
          < Factorial 20/3 130 147
          < Helper2Indirect 2/2 6 40
          < Testfunc 1/1 14 130
        GetAttr 28/28 28 28
          < Helper1 4/4 4 4
          < Helper2 8/8 8 8
          < Subhelper 16/16 16 16
        Helper 2/2 40 600
          < Testfunc 2/2 40 600
        Helper1 4/4 116 120
          < Helper 4/4 116 120
        Helper2 8/8 312 400
          < Helper 6/6 234 300
          < Helper2Indirect 2/2 78 100
        Helper2Indirect 2/2 0 140
          < Helper 2/2 0 140
        Mul 20/20 20 20
          < Factorial 20/20 20 20
        Subhelper 8/8 64 80
          < Helper2 8/8 64 80
        Testfunc 1/1 270 1000

        """);

    [Test]
    public void Threads_are_counted_each_on_its_own_stack()
    {
        var profile = scenarios.Profile("Scenarios.Counts", "FourThreads");

        Assert.That(ProfileText.Of(profile, "Scenarios.Counts."), Is.EqualTo("""
            FourThreads 1/1 0 0
            Leaf 12000/12000 0 0
              < Work 12000/12000 0 0
            RunThread 4/4 0 0
            Work 4000/4000 0 0
              < RunThread 4000/4000 0 0

            """));
        Assert.That(profile.Threads.Select(thread => thread.Name).Where(name => name.StartsWith("worker", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "worker 0", "worker 1", "worker 2", "worker 3" }));
    }

    [Test]
    public void A_flat_recording_has_the_same_rows_without_callers()
    {
        var tree = scenarios.Profile("Scenarios.Profilee", "Testfunc");
        var flat = scenarios.Profile("Scenarios.Profilee", "Testfunc", subcalls: false);

        Assert.That(FlatProfile.From(flat).Select(row => row.Callers), Is.All.Empty);
        Assert.That(FlatProfile.From(flat).Select(row => (row.Label, row.Figures)),
            Is.EquivalentTo(FlatProfile.From(tree).Select(row => (row.Label, row.Figures))));
    }

    [Test]
    public void Nested_resumes_are_no_recursive_calls_in_a_flat_recording()
    {
        var tree = scenarios.Profile("Scenarios.Counts", "RecursiveIterator");
        var flat = scenarios.Profile("Scenarios.Counts", "RecursiveIterator", subcalls: false);

        var walk = Figures(flat);
        Assert.That((walk.Calls, walk.Resumes), Is.EqualTo((Figures(tree).Calls, Figures(tree).Resumes)));
        Assert.That(walk.PrimitiveCalls, Is.InRange(1, walk.Calls));

        static Figures Figures(ProfileData profile) => FlatProfile.From(profile).Single(row => row.Label.Name.EndsWith(".Walk", StringComparison.Ordinal)).Figures;
    }

    void Expect(string method, string expected) => Expect("Scenarios.Counts", method, expected);

    void Expect(string type, string method, string expected, bool builtins = false) =>
        Assert.That(ProfileText.Of(scenarios.Profile(type, method, builtins: builtins), type + "."), Is.EqualTo(expected));
}
