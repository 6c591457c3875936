using Microsoft.CodeAnalysis.Scripting;
using ProfilerWeaver.Scripting;
using ProfilerWeaver.Tests.Api;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Scripting;

/// <summary>Code that is given as text is compiled, woven and recorded.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class ScriptTests
{
    const string Fibonacci = """
        int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
        var result = Fib(5);
        """;

    [Test]
    public void Its_rows_are_called_as_the_code_is_written()
    {
        using var profile = NewProfile();
        profile.Run("""
            using System.Text;

            class Order
            {
                public int Total { get => Line(); }
                static int Line() => 1;
            }

            T Same<T>(T value) => value;
            async Task<int> Later() { await Task.Yield(); return 1; }
            Func<int, int> twice = n => 2 * n;

            Same(twice(new Order().Total));
            await Later();
            """);

        var rows = FlatProfile.From(profile.CreateStats()).ToDictionary(row => row.Label.ToString(), row => row.Figures.Calls);
        Assert.That(rows, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["<string>:11(<module>)"] = 1,
            ["<string>:5(Order.Order)"] = 1,
            ["<string>:5(Order.Total)"] = 1,
            ["<string>:6(Order.Line)"] = 1,
            ["<string>:9(Same<T>)"] = 1,
            ["<string>:10(Later)"] = 1,
            ["<string>:11(<module>.<lambda>)"] = 1,
        }));
    }

    [Test]
    public void Functions_are_counted_exactly()
    {
        using var profile = NewProfile();

        Assert.That(profile.Run(Fibonacci), Is.SameAs(profile));
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(new[]
        {
            "<module> 1/1", "Fib 15/1 < <module> 1/1, Fib 14/2",
        }));
    }

    [Test]
    public void An_expression_will_do_and_nothing_at_all()
    {
        Assert.That(CountsOf("Math.Max(1, 2)", builtins: true),
            Is.EquivalentTo(new[] { "<module> 1/1", "<System.Math.Max> 1/1 < <module> 1/1" }));
        Assert.That(CountsOf("1", builtins: true), Is.EqualTo(new[] { "<module> 1/1" }));
        Assert.That(CountsOf(" // nothing", builtins: true), Is.EqualTo(new[] { "<module> 1/1" }));
    }

    [Test]
    public void What_the_calling_assembly_has_is_at_hand_public_or_not()
    {
        Functions.Calls = 0;
        using var profile = NewProfile();
        profile.Run("Functions.Public(); Functions.Internal(); Functions.Private()");

        Assert.That(Functions.Calls, Is.EqualTo(3));
    }

    [Test]
    public void Calls_into_code_that_is_not_woven_are_rows_in_braces() =>
        Assert.That(CountsOf("Functions.Public()", builtins: true), Is.EquivalentTo(new[]
        {
            "<module> 1/1", "<ProfilerWeaver.Tests.Scripting.Functions.Public> 1/1 < <module> 1/1",
        }));

    [Test]
    public void Calls_into_woven_code_are_its_own_rows()
    {
        using var profile = new Profile();
        var twice = WovenAssembly.CSharp("Release").Delegate<Func<int, int>>("Scenarios.Commands", "Twice");
        var variables = new Dictionary<string, object?> { ["twice"] = twice };
        profile.RunCtx("var four = twice(2)", variables);

        Assert.That(variables["four"], Is.EqualTo(4));
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(new[]
        {
            "<module> 1/1", "Commands.Twice 1/1 < <module> 1/1", "Commands.None 1/1 < Commands.Twice 1/1",
        }));
    }

    [Test]
    public void Variables_are_found_in_locals_before_globals_and_left_in_locals()
    {
        var globals = new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2, ["text"] = "x" };
        var locals = new Dictionary<string, object?> { ["b"] = 20 };
        using var profile = NewProfile();
        profile.RunCtx("a = a + b; text += \"y\"; var made = new List<int> { a };", globals, locals);

        Assert.That(globals, Is.EquivalentTo(new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2, ["text"] = "x" }));
        Assert.That(locals.Keys, Is.EquivalentTo(new[] { "a", "b", "text", "made" }));
        Assert.That((locals["a"], locals["b"], locals["text"]), Is.EqualTo((21, 20, "xy")));
        Assert.That(locals["made"], Is.EqualTo(new[] { 21 }));
    }

    [Test]
    public void Without_locals_variables_are_left_in_globals()
    {
        var globals = new Dictionary<string, object?> { ["n"] = 5 };
        using var profile = NewProfile();
        profile.RunCtx("n++; var m = n;", globals);

        Assert.That((globals["n"], globals["m"]), Is.EqualTo((6, 6)));
    }

    [Test]
    public void Variables_may_be_of_any_type()
    {
        var globals = new Dictionary<string, object?>
        {
            ["array"] = new int[2][,],
            ["nested"] = new Functions.Box<string>.Inner<int> { Value = 7 },
            ["nothing"] = null,
            ["nullable"] = (int?)3,
            ["event"] = DayOfWeek.Friday,
            ["hidden"] = Functions.MakeHidden(),
        };
        using var profile = NewProfile();
        profile.RunCtx("""
            nothing = array.Length + nested.Value + (int)@event + nullable + hidden.Count;
            """, globals);

        Assert.That(globals["nothing"], Is.EqualTo(2 + 7 + 5 + 3 + 1));
    }

    [Test]
    public void A_name_that_is_no_identifier_is_refused()
    {
        using var profile = NewProfile();

        Assert.That(() => profile.RunCtx("1", new Dictionary<string, object?> { ["a b"] = 1 }),
            Throws.ArgumentException.With.Message.Contains("'a b'"));
        Assert.That(() => profile.RunCtx("1", null!), Throws.ArgumentNullException);
        Assert.That(() => profile.Run((string)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Code_that_is_not_CSharp_is_said_before_anything_runs()
    {
        using var profile = NewProfile();

        Assert.That(() => profile.Run("Functions.Public();\nNothing()"), Throws.InstanceOf<CompilationErrorException>()
            .With.Message.StartsWith("<string>(2,1): error CS0103").And.Message.Contains("'Nothing'"));
        Assert.That((profile.IsEnabled, profile.GetStats().Count), Is.EqualTo((false, 0)));
    }

    [Test]
    public void An_exception_goes_on_and_what_was_assigned_is_there()
    {
        var globals = new Dictionary<string, object?> { ["n"] = 1 };
        using var profile = NewProfile();

        Assert.That(() => profile.RunCtx("n = 2;\nthrow new TimeoutException(\"late\");", globals),
            Throws.InstanceOf<TimeoutException>().With.Message.EqualTo("late")
                .And.Property("StackTrace").Contain("<string>:line 2"));
        Assert.That(globals["n"], Is.EqualTo(2));
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EqualTo(new[] { "<module> 1/1" }));
    }

    [Test]
    public void Run_prints_or_writes_a_report()
    {
        using var folder = new TemporaryFolder();
        var printed = ConsoleText.Of(() =>
        {
            Profiler.Run(Fibonacci, sort: "calls");
            Profiler.Run(Fibonacci, null, SortKey.Line);
            Profiler.RunCtx("var twice = 2 * n; Math.Abs(n);", new Dictionary<string, object?> { ["n"] = 1 });
            Profiler.RunCtx("n", new Dictionary<string, object?> { ["n"] = 1 }, null, null, SortKey.Name);
            Profiler.RunCtx("n", new Dictionary<string, object?> { ["n"] = 1 }, sort: "pcalls");
            Profiler.Run(Fibonacci, folder.File("fib.prof"));
        });

        Assert.That(printed.Split('\n').Where(line => line.Contains("Ordered by")).Select(line => line.Trim()), Is.EqualTo(new[]
        {
            "Ordered by: call count", "Ordered by: line number", "Ordered by: standard name", "Ordered by: function name",
            "Ordered by: primitive call count",
        }));
        Assert.That(printed, Does.StartWith("         16 function calls (2 primitive calls) in "));
        Assert.That(CallCounts.In(folder.File("fib.prof")), Has.One.EqualTo("<module> 1/1"));
    }

    [Test]
    public void A_report_that_cannot_be_made_is_said_before_the_code_runs()
    {
        using var folder = new TemporaryFolder();
        Functions.Calls = 0;

        Assert.That(() => Profiler.Run("Functions.Public()", sort: "bogus"), Throws.ArgumentException);
        Assert.That(() => Profiler.Run("Functions.Public()", folder.Location), Throws.InstanceOf<IOException>());
        Assert.That(Functions.Calls, Is.Zero);
    }

    static Profile NewProfile() => new(Clock.None, builtins: false);

    static string[] CountsOf(string code, bool builtins)
    {
        using var profile = new Profile(Clock.None, builtins: builtins);
        return CallCounts.Of(FlatProfile.From(profile.Run(code).CreateStats()));
    }
}

/// <summary>What scripts of the tests call.</summary>
public static class Functions
{
    public static int Calls { get; set; }

    public static int Public() => ++Calls;

    internal static int Internal() => ++Calls;

#pragma warning disable IDE0051 // A script calls it.
    static int Private() => ++Calls;
#pragma warning restore IDE0051

    internal static object MakeHidden() => new Hidden();

    public class Box<TOuter>
    {
        public class Inner<T>
        {
            public T? Value { get; set; }
        }
    }

    sealed class Hidden : List<int>
    {
        public Hidden() => Add(1);
    }
}
