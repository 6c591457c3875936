using System.Globalization;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>A program's start can be left out of its profile.</summary>
public class WarmUpTests : ProcessTest
{
    [TestCase("Step")]
    [TestCase("Work.Step")]
    public async Task The_profile_begins_with_the_first_call_of_a_method(string method)
    {
        var result = await Run(Start("Return", "0") with { Environment = From("STARTAT", method) });

        Assert.That(result.Errors, Is.Empty);
        // Its caller was open then.
        ExpectProfile(DefaultProfile, "Work.Step 3/3", "Work.Leaf 6/6 < Work.Step 6/6");
    }

    // It is entered again, in a scope that goes on with it.
    [TestCase("wall")]
    [TestCase("none")]
    public async Task The_profile_begins_with_the_first_call_of_an_async_method(string clock)
    {
        var environment = From("STARTAT", "Awaiting.Handle");
        environment["PROFILERWEAVER_CLOCK"] = clock;

        var result = await Run(Start("Await") with { Environment = environment });

        Assert.That(result.Errors, Is.Empty);
        var stats = new Stats(DefaultProfile);
        var handle = stats.Contexts.Single(context => context.Name == "Scenarios.Awaiting.Handle");
        var operation = handle.Callees.Single();
        var work = operation.Callees.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((handle.Calls, operation.Calls, operation.Name, work.Calls), Is.EqualTo((3, 3, "operation", 6)));
            Assert.That(stats.Contexts.Sum(context => context.Figures.OpenCalls), Is.Zero);
            Assert.That(handle.Figures.ElapsedTime, clock == "none" ? Is.Zero : Is.GreaterThan(0).And.LessThan(60));
        }
    }

    // Twice in the program: the second call is not in it.
    [TestCase("Return", "Work.Step", "Work.Step 1/1", "Work.Leaf 2/2 < Work.Step 2/2")]
    [TestCase("Return", "Work.Do", "Work.Do 1/1", "Work.Step 3/3 < Work.Do 3/3", "Work.Leaf 6/6 < Work.Step 6/6")]
    [TestCase("Await", "Awaiting.Handle", "Awaiting.Handle 1/1", "operation 1/1 < Awaiting.Handle 1/1",
        "Work.Do 2/2 < operation 2/2", "Work.Step 6/6 < Work.Do 6/6", "Work.Leaf 12/12 < Work.Step 12/12")]
    public async Task The_profile_is_one_call(string program, string method, params string[] rows)
    {
        var environment = From("STARTAT", method);
        environment["PROFILERWEAVER_STOPAFTER"] = method;

        var result = await Run(Start(program, "0") with { Environment = environment });

        Assert.That(result.Errors, Is.Empty);
        ExpectProfile(DefaultProfile, rows);
    }

    [TestCase("wall")]
    [TestCase("none")]
    [TestCase("sampled")]
    public async Task Of_calls_that_overlap_the_first_one_ends_the_profile(string clock)
    {
        var environment = From("STARTAT", "Overlap");
        environment["PROFILERWEAVER_STOPAFTER"] = "Awaiting.Wait";
        environment["PROFILERWEAVER_CLOCK"] = clock;

        var result = await Run(Start("Overlap") with { Environment = environment });

        Assert.That(result.Errors, Is.Empty);
        ExpectProfile(DefaultProfile, "Awaiting.Overlap 1/1", "Awaiting.Wait 2/2 < Awaiting.Overlap 2/2", "Work.Do 3/3 < Awaiting.Overlap 1/1, Awaiting.Wait 2/2",
            "Work.Step 9/9 < Work.Do 9/9", "Work.Leaf 18/18 < Work.Step 18/18");
    }

    [TestCase("wall")]
    [TestCase("none")]
    public async Task Without_callers_an_async_method_ends_the_profile_when_it_completes(string clock)
    {
        var environment = From("STARTAT", "Overlap");
        environment["PROFILERWEAVER_STOPAFTER"] = "Awaiting.Wait";
        environment["PROFILERWEAVER_CLOCK"] = clock;
        environment["PROFILERWEAVER_SUBCALLS"] = "0";

        await Run(Start("Overlap") with { Environment = environment });

        Assert.That(ProfFile.Read(DefaultProfile).Rows.Single(row => row.Name == "Scenarios.Work.Do").Calls, Is.EqualTo(3));
    }

    // Of all threads, whichever comes first.
    [Test]
    public async Task The_profile_has_the_calls_of_others_that_come_with_the_first_one()
    {
        for (var i = 0; i < 5; i++)
        {
            await Run(Start("Meet", "8") with { Environment = From("STARTAT", "Crowd.Greet") });
            Assert.That(CallCounts.In(DefaultProfile), Has.Member("Crowd.Greet 8000/8000"));
        }
    }

    [Test]
    public async Task A_method_that_is_called_all_the_time_ends_the_profile_after_the_warm_up()
    {
        var environment = From("WARM", "300ms");
        environment["PROFILERWEAVER_STOPAFTER"] = "Work.Step";
        var running = WovenProgram.With(Woven).Begin(Start("WorkOnThreads", "1") with { Environment = environment });
        Assert.That(() => File.Exists(DefaultProfile), Is.True.After(30_000, 10));
        var result = await running.End();

        Assert.That(result.Errors, Is.Empty);
        Assert.That(ProfFile.Read(DefaultProfile).Rows.Single(row => row.Name == "Scenarios.Work.Step").Calls, Is.EqualTo(1));
    }

    // The method that ends it is called all the time by another thread.
    [Test]
    public async Task The_call_with_which_the_profile_begins_is_in_it()
    {
        var environment = From("STARTAT", "Work.Step");
        environment["PROFILERWEAVER_STOPAFTER"] = "Work.Leaf";
        for (var i = 0; i < 5; i++)
        {
            var running = WovenProgram.With(Woven).Begin(Start("WorkOnThreads", "2") with { Environment = environment });
            Assert.That(() => File.Exists(DefaultProfile), Is.True.After(30_000, 10));
            await running.End();
            Assert.That(ProfFile.Read(DefaultProfile).Rows.Select(row => row.Name), Has.Member("Scenarios.Work.Step"));
            File.Delete(DefaultProfile);
        }
    }

    [TestCase("wall")]
    [TestCase("none")]
    [TestCase("sampled")]
    public async Task The_profile_ends_with_the_end_of_a_call_and_has_what_was_open(string clock)
    {
        var environment = From("STOPAFTER", "Step");
        environment["PROFILERWEAVER_CLOCK"] = clock;

        var result = await Run(Start("Return", "0") with { Environment = environment });

        Assert.That(result.Errors, Is.Empty);
        ExpectProfile(DefaultProfile, "Program.Main 1/1", "Work.Do 1/1 < Program.Main 1/1", "Work.Step 1/1 < Work.Do 1/1", "Work.Leaf 2/2 < Work.Step 2/2");
    }

    [Test]
    public async Task A_method_that_is_never_called_ends_no_profile_and_is_named()
    {
        var result = await Run(Start("Return", "0") with { Environment = From("STOPAFTER", "Work.Stop") }, complaints: 1);

        Assert.That(result.Errors, Does.Contain("Work.Stop was not called after the profile had begun (give a method as reports name it): the profile goes on to the end of the run"));
        Assert.That(CallCounts.In(DefaultProfile), Is.SupersetOf(FirstWork));
    }

    [TestCase("tep")]
    [TestCase("Work.Stop")]
    public async Task A_method_that_is_never_called_leaves_the_whole_profile_and_is_named(string method)
    {
        var result = await Run(Start("Return", "0") with { Environment = From("STARTAT", method) }, complaints: 1);

        Assert.That(result.Errors, Does.Contain($"{method} was never called (give a method as reports name it): the profile has the whole run"));
        Assert.That(CallCounts.In(DefaultProfile), Is.SupersetOf(FirstWork));
    }

    // Main is the first that is recorded: a second before it is over is time enough.
    [Test]
    public async Task What_was_recorded_in_the_warm_up_is_forgotten()
    {
        var running = WovenProgram.With(Woven).Begin(Start("WorkOnThreads", "2") with { Environment = From("WARM", "1s") });
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("works"));
        Assert.That(() => Names(DefaultProfile + ".live"), Has.None.EqualTo("Main").After(30_000, 10));

        var result = await running.End();

        Assert.That(result.Errors, Is.Empty);
        Assert.That(Names(DefaultProfile), Has.Member("Leaf").And.None.EqualTo("Main"));
        var began = ProfFile.Read(DefaultProfile).Recording!.Environment.Single(fact => fact.Key == "began").Value;
        Assert.That(double.Parse(began.Split(' ')[0], CultureInfo.InvariantCulture), Is.InRange(1, 60), began);
    }

    // It cannot be over before the first call, which begins it.
    [Test]
    public async Task What_happens_after_its_time_is_left_out_and_the_program_goes_on()
    {
        var environment = From("FOR", "100ms");
        environment["PROFILERWEAVER_STARTAT"] = "Leaf";
        var running = WovenProgram.With(Woven).Begin(Start("WorkOnThreads", "2") with { Environment = environment });
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("works"));
        Assert.That(() => File.Exists(DefaultProfile), Is.True.After(30_000, 10));
        var written = File.ReadAllBytes(DefaultProfile);

        var result = await running.End();

        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Names(DefaultProfile), Has.Member("Leaf").And.None.EqualTo("Main"));
        Assert.That(File.ReadAllBytes(DefaultProfile), Is.EqualTo(written));
        Assert.That(File.Exists(DefaultProfile + ".live"), Is.False);
    }

    [TestCase("FOR", "1000h")]
    [TestCase("WARM", "1000h", "the program ended during its warm-up: the profile has the whole run")]
    [TestCase("FOR", "soon", "PROFILERWEAVER_FOR=soon is invalid and ignored: expected a time such as 10s")]
    public async Task A_time_that_is_not_over_or_none_leaves_the_whole_profile(string variable, string time, string? complaint = null)
    {
        var result = await Run(Start("Return", "0") with { Environment = From(variable, time) }, complaints: complaint is null ? 0 : 1);

        Assert.That(result.Errors, complaint is null ? Is.Empty : Does.Contain(complaint));
        Assert.That(CallCounts.In(DefaultProfile), Is.SupersetOf(FirstWork));
    }

    [Test]
    public void A_sleep_may_be_longer_than_that_of_a_thread()
    {
        var slept = new List<TimeSpan>();

        Pause.For(TimeSpan.FromHours(1000), slept.Add);

        Assert.That(slept, Is.EqualTo(new[] { Pause.Longest, TimeSpan.FromHours(1000) - Pause.Longest }));
    }

    static string[] Names(string path) => [.. ProfFile.Read(path).Rows.Select(row => row.Name[(row.Name.LastIndexOf('.') + 1)..])];

    static Dictionary<string, string> From(string variable, string value) => new() { ["PROFILERWEAVER_" + variable] = value };
}
