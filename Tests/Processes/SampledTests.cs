using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>Programs with a sampled clock: their calls are counted as exactly as with any other.</summary>
public class SampledTests : ProcessTest
{
    static readonly IReadOnlyDictionary<string, string> Sampled = ClockOf("sampled");

    [Test]
    public async Task A_program_has_all_its_calls()
    {
        await RunUndisturbed(Start("Return", "0") with { Environment = Sampled });

        ExpectProfile(DefaultProfile, FirstWork);
        Assert.That(ProfFile.Read(DefaultProfile).Recording!.Clock, Is.EqualTo("sampled"));
    }

    [Test]
    [Platform("Linux")]
    public async Task The_processor_time_can_be_sampled_too()
    {
        await RunUndisturbed(Start("Return", "0") with { Environment = ClockOf("sampled-cpu") });

        ExpectProfile(DefaultProfile, FirstWork);
        Assert.That(ProfFile.Read(DefaultProfile).Recording!.Clock, Is.EqualTo("sampled CPU"));
    }

    [Test]
    public async Task A_killed_process_leaves_all_its_calls_with_the_open_ones_marked([Values] bool hasRoom)
    {
        await RunUndisturbed(Start("KillDeep") with { Environment = hasRoom ? Sampled : With(Sampled, NoRoom) });

        var content = ProfFile.Read(DefaultProfile + ".live");
        Assert.That(CallCounts.Of(content.Rows), Is.EquivalentTo((string[])
            [.. FirstWork, "Ending.KillDeep 4/1 < Ending.KillDeep 3/1, Program.Main 1/1", "Ending.Kill 1/1 < Ending.KillDeep 1/1"]));
        Assert.That(content.Recording!.InterruptedCalls, Is.EqualTo(6));
        Assert.That(content.Rows.Sum(row => row.Figures.TotalTime),
            Is.EqualTo(content.Rows.Single(row => row.Label.Name.EndsWith(".Main", StringComparison.Ordinal)).Figures.CumulativeTime)
                .Within(1e-9));
    }

    [Test]
    public async Task An_interval_that_is_none_is_named()
    {
        var environment = new Dictionary<string, string> { ["PROFILERWEAVER_SAMPLEINTERVAL"] = "often" };

        var result = await Run(Start("Return", "0") with { Environment = With(Sampled, environment) }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("PROFILERWEAVER_SAMPLEINTERVAL=often").And.Contain("1ms"));
        ExpectProfile(DefaultProfile, FirstWork);
    }

    static Dictionary<string, string> ClockOf(string name) => new() { ["PROFILERWEAVER_CLOCK"] = name };

    static Dictionary<string, string> With(
        IReadOnlyDictionary<string, string> some, IReadOnlyDictionary<string, string> more) => new([.. some, .. more]);
}
