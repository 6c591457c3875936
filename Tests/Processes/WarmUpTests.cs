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

    static string[] Names(string path) => [.. ProfFile.Read(path).Rows.Select(row => row.Name[(row.Name.LastIndexOf('.') + 1)..])];

    static Dictionary<string, string> From(string variable, string value) => new() { ["PROFILERWEAVER_" + variable] = value };
}
