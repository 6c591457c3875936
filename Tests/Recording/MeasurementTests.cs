using System.Runtime.ExceptionServices;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Programs that measure parts of themselves: each part has exactly what was called in it, and nobody else notices.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class MeasurementTests(string configuration)
{
    const string Program = "Scenarios.Measurements";

    [Test]
    public void They_nest()
    {
        var whole = Expect("Nested",
            """
            Add 2 5/5
            measurement 1 0/2 elapsed 2
              Step 1 0/2
                Add 1 2/2

            """,
            """
            Step 1 0/2
              Add 1 2/2

            """);

        Assert.That(whole, Is.EqualTo("""
            Nested 1 0/2007
              Add 2 2000/2000
              measurement 1 0/7 elapsed 7
                Add 2 5/5
                measurement 1 0/2 elapsed 2
                  Step 1 0/2
                    Add 1 2/2

            """));
    }

    [Test]
    public void One_after_the_other_each_has_its_own_calls()
    {
        Expect("Again", [.. Enumerable.Range(1, 3).Select(times => $"""
            Again.<lambda>#2 1 0/{times}
              Repeat 1 0/{times}
                Step {times} 0/{times}
                  Add {times} {times}/{times}

            """)]);
    }

    [Test]
    public void At_once_in_the_same_method_each_has_its_own_calls()
    {
        var whole = Expect("AtOnce",
            """
            Query 1+1 0/2 elapsed 1142 waiting 1140
              Add 2 2/2
            Add 1 2/2

            """,
            """
            Query 1+1 0/20 elapsed 1020 waiting 1000
              Add 2 20/20
            Add 1 20/20

            """);

        Assert.That(whole, Does.StartWith("""
            AtOnce 1 0/1277
              Serve 2+2 0/244 elapsed 2384 waiting 2151
                Add 2 200/200
                measurement 2+2 0/44 elapsed 2184 waiting 2151
                  Query 2+2 0/22 elapsed 2162 waiting 2140
                    Add 4 22/22
                  Add 2 22/22
            """));
    }

    [Test]
    public void Work_that_is_handed_over_is_in_it_and_what_the_caller_does_meanwhile_is_not() => Expect("HandedOver", """
        Import 1+1 4/15 elapsed 1015 waiting 1000
          Add 2 9/9
          OnThread 1 2/2
        OnThread.<lambda> 1 0/2
          Import.<lambda> 1 0/2
            Add 1 2/2
        Import.<lambda> 1 0/4
          Step 1 0/4
            Add 1 4/4

        """);

    [Test]
    public void What_one_has_left_behind_is_not_in_the_next() => Expect("LeftBehind",
        """
        Query 1 0/16 elapsed 16 open 1
          Add 1 16/16

        """,
        """
        Add 1 2/2

        """);

    [Test]
    public void A_scope_has_what_other_threads_do_for_it() => Expect("OfScope", """
        Step 1 0/2
          Add 1 2/2
        OnThread 1 4/4
        OnThread.<lambda> 1 0/4
          Of.<lambda> 1 0/4
            Step 1 0/4
              Add 1 4/4

        """);

    [Test]
    public void A_thread_has_what_it_does_itself() => Expect("OfThread", """
        Step 1 0/2
          Add 1 2/2
        OnThread 1 4/4

        """);

    [Test]
    public void All_threads_have_what_they_do() => Expect("OfAll", """
        Step 1 0/2
          Add 1 2/2
        OnThread 1 4/4
        ---
        OnThread.<lambda> 1 0/4
          Of.<lambda> 1 0/4
            Step 1 0/4
              Add 1 4/4

        """);

    [Test]
    public void A_thousand_at_once_have_exact_counts()
    {
        var (parts, whole) = Record("Crowd", () => new(Clock.None, builtins: false));

        var stats = new Stats(whole);
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < 1000; i++)
            {
                var part = new Stats(parts[i]);
                Assert.That(part.Contexts.Select(context => $"{context} {context.Calls}"), Is.EquivalentTo(Expected(i)), $"{i}");
            }
            Assert.That(stats["measurement"].Calls, Is.EqualTo(1000));
            Assert.That(stats[$"{Program}.Step"].Calls, Is.EqualTo(parts.Sum(part => new Stats(part)[$"{Program}.Step"].Calls)));
        }

        IEnumerable<string> Expected(int i)
        {
            yield return $"route {i % 10} 1";
            yield return $"route {i % 10} > {Program}.RepeatAsync 3";
            yield return $"route {i % 10} > {Program}.RepeatAsync > {Program}.Step {(i % 7) + 3}";
            yield return $"route {i % 10} > {Program}.RepeatAsync > {Program}.Step > {Program}.Add {(i % 7) + 3}";
            yield return $"{Program}.Repeat 1";
            if (i % 3 == 0)
                yield break;
            yield return $"{Program}.Repeat > {Program}.Step {i % 3}";
            yield return $"{Program}.Repeat > {Program}.Step > {Program}.Add {i % 3}";
        }
    }

    [Test]
    public void A_file_keeps_it()
    {
        var part = Record("AtOnce").Parts[1];
        using var file = new MemoryStream();
        ProfFile.Write(part, file);
        file.Position = 0;

        Assert.That(TextOf(ProfFile.Read(file).Recording!), Is.EqualTo(TextOf(part)));
    }

    [Test]
    public void It_ends_with_the_recording()
    {
        var repeat = WovenAssembly.CSharp(configuration).Delegate<Action<int>>(Program, "Repeat");
        using var profile = new Profile(Clock.None);
        profile.Enable();
        using var cleared = Profile.Measure(Extent.All);
        repeat(1);
        profile.Clear();
        using var disabled = Profile.Measure();
        repeat(2);
        profile.Disable();
        repeat(4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CallsOfStep(cleared.Stop()), Is.EqualTo(1));
            Assert.That(CallsOfStep(disabled.Stop()), Is.EqualTo(2));
            Assert.That(disabled.Stop(), Is.SameAs(disabled.Stop()));
        }
    }

    [Test]
    public void Without_callers_scopes_cannot_be_told_from_the_rest()
    {
        var repeat = WovenAssembly.CSharp(configuration).Delegate<Action<int>>(Program, "Repeat");
        using var profile = new Profile(Clock.None, subcalls: false);
        profile.Enable();
        repeat(1);
        using var measurement = Profile.Measure(Extent.Thread);
        repeat(2);

        Assert.That(() => Profile.Measure(), Throws.InvalidOperationException.With.Message.Contains("Extent.Thread"));
        Assert.That(CallsOfStep(measurement.Stop()), Is.EqualTo(2));
    }

    static long CallsOfStep(ProfileData data) => new Stats(data)[$"{Program}.Step"].Calls;

    string Expect(string program, params string[] expected)
    {
        var (parts, whole) = Record(program);

        // Which thread comes first is chance, and so is what was handed over first.
        Assert.That(parts.Select(part => Lines(TextOf(part))), Is.EqualTo(expected.Select(Lines)));
        return TextOf(whole);
    }

    static string Lines(string text) => text.Contains("---", StringComparison.Ordinal)
        ? string.Join("---\n", text.Split("---\n").Order(StringComparer.Ordinal))
        : text;

    static string TextOf(ProfileData data) => ContextText.Of(data, Program + ".");

    (ProfileData[] Parts, ProfileData Whole) Record(string program)
    {
        var time = WovenAssembly.CSharp(configuration).Delegate<Func<long>>("Scenarios.Time", "Read");
        return Record(program, () => new(time, 0.001, builtins: false));
    }

    (ProfileData[] Parts, ProfileData Whole) Record(string program, Func<Profile> make)
    {
        var function = WovenAssembly.CSharp(configuration).Delegate<Func<ProfileData[]>>(Program, program);
        (ProfileData[], ProfileData) result = default;
        Exception? thrown = null;
        // NUnit's threads have a context that continuations are posted to.
        var thread = new Thread(() =>
        {
            try
            {
                using var profile = make();
                profile.Enable();
                var parts = function();
                result = (parts, profile.CreateStats());
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
        return result;
    }
}
