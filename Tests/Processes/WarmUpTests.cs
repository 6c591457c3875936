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
