using System.Runtime.ExceptionServices;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Scopes: below them lies what their code called, on whatever thread.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class ScopeTests(string configuration)
{
    const string Program = "Scenarios.Scopes";

    [Test]
    public void They_nest_and_end_with_exceptions() => Expect("Nested", """
        Nested 1 0/22
          outer 3 0/14
            Add 4 10/10
            inner number=7 kind=odd 2 0/4
              Add 2 4/4
          Add 1 8/8

        """);

    [Test]
    public void They_go_on_after_an_await_on_whatever_thread() => Expect("Requests", """
        Requests 1 0/1148
          Serve 2+2 0/90 elapsed 2145 waiting 2085
            Add 4 18/18
            GET /orders 2+2 0/72 elapsed 2127 waiting 2085
              Query 2+2 0/60 elapsed 2115 waiting 2055
                Add 4 60/60
              Add 2 4/4
              format 2 0/8 elapsed 8
                Add 2 8/8
          Add 1 1000/1000
          OnThread 2 58/58
        ---
        OnThread.<lambda> 1 0/0
        ---
        OnThread.<lambda> 1 0/0

        """);

    [Test]
    public void Work_that_is_handed_over_in_them_is_theirs() => Expect("HandedOver", """
        HandedOver 1 32/78
          import 1 14/30 elapsed 15
            OnThread 1 1/1
            OnThread.<lambda> 1 0/1
              HandedOver.<lambda> 1 0/1
                Add 1 1/1
            HandedOver.<lambda> 1 0/2
              Add 1 2/2
            Later 1+1 0/12 elapsed 12
              Add 2 12/12
          OnThread 1 16/16
        ---
        OnThread.<lambda> 1 0/16
          HandedOver.<lambda> 1 0/16
            Add 1 16/16
        ---
        HandedOver.<lambda> 1 0/32
          Add 1 32/32

        """);

    [Test]
    public void Methods_that_are_not_woven_leave_none_on_the_stack() => Expect("OfUnwoven", """
        request 1 0/3 elapsed 103 waiting 102
          Add 2 3/3
        Add 2 300/300
        ---
        Add 1 4/4

        """);

    [Test]
    public void There_are_at_most_a_thousand_labels()
    {
        var rows = FlatProfile.From(Record("ManyLabels", () => new())).Where(row => row.Label.File == "scope").ToList();

        Assert.That(rows, Has.Count.EqualTo(ScopeLabels.Most + 1));
        Assert.That(rows.Single(row => row.Name == "(other)").Calls, Is.EqualTo(1100 - ScopeLabels.Most));
    }

    [Test]
    public void A_thousand_at_once_have_exact_counts()
    {
        var stats = new Stats(Record("Crowd", () => new(Clock.None, builtins: false)));

        using (Assert.EnterMultipleScope())
        {
            for (var route = 0; route < 10; route++)
            {
                var scope = stats.Contexts.Single(context => context.Name == $"route {route}");
                Assert.That(scope.Calls, Is.EqualTo(100), scope.Name);
                var step = scope.Callees.Single(callee => callee.Name == $"{Program}.Step");
                var render = scope.Callees.Single(callee => callee.Name == "render");
                Assert.That(step.Calls, Is.EqualTo(400), scope.Name);
                Assert.That(step.Callees.Single().Calls, Is.EqualTo(100 * (route + 1 + 1 + 2 + 3)), scope.Name);
                Assert.That(render.Calls, Is.EqualTo(100), scope.Name);
                Assert.That(render.Callees.Single().Callees.Single().Calls, Is.EqualTo(100 * (route + 1)), scope.Name);
            }
            Assert.That(stats.Contexts.Count(context => context.Name == $"{Program}.Leaf"), Is.EqualTo(20));
            Assert.That(stats.Contexts.Sum(context => context.Figures.OpenCalls), Is.Zero);
        }
    }

    [Test]
    public void Without_a_recording_they_do_nothing()
    {
        using var scope = Profile.Scope("nothing", ("key", "value"));

        Assert.That(Profile.Scope("nothing"), Is.SameAs(scope));
    }

    void Expect(string program, string expected)
    {
        var time = WovenAssembly.CSharp(configuration).Delegate<Func<long>>("Scenarios.Time", "Read");

        var text = ContextText.Of(Record(program, () => new(time, 0.001, builtins: false)), Program + ".");
        // Which thread of the pool comes first is chance.
        Assert.That(text.Split("---\n"), Is.EquivalentTo(expected.Split("---\n")));
    }

    ProfileData Record(string program, Func<Profile> make)
    {
        var action = WovenAssembly.CSharp(configuration).Delegate<Action>(Program, program);
        ProfileData? data = null;
        Exception? thrown = null;
        // NUnit's threads have a context that continuations are posted to.
        var thread = new Thread(() =>
        {
            try
            {
                using var profile = make();
                profile.Enable();
                action();
                data = profile.CreateStats();
            }
            catch (Exception e)
            {
                thrown = e;
            }
        });
        thread.Start();
        thread.Join();
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(thrown);
        return data!;
    }
}
