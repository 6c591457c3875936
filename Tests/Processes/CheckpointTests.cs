using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>Checkpoints replace the profile by a fresh one while the program runs.</summary>
public class CheckpointTests : ProcessTest
{
    const int Threads = 16;

    [Test]
    public async Task Sixteen_threads_are_read_while_they_run_and_no_table_is_torn()
    {
        var running = WovenProgram.With(Woven).Begin(Start("WorkOnThreads", "16") with { Environment = Every("20ms") });
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("works"));
        Assert.That(() => File.Exists(DefaultProfile), Is.True.After(30_000, 5));

        var last = 0L;
        var fresh = 0;
        var end = DateTime.UtcNow.AddSeconds(20);
        while (fresh < 10 && DateTime.UtcNow < end)
        {
            var content = ProfFile.Read(DefaultProfile);
            ExpectSound(content);
            var leaves = content.Rows.Single(row => row.Label.Name.EndsWith("Work.Leaf", StringComparison.Ordinal)).Calls;
            Assert.That(leaves, Is.GreaterThanOrEqualTo(last), "what was counted once stays counted");
            fresh += leaves > last ? 1 : 0;
            last = leaves;
        }
        Assert.That(fresh, Is.EqualTo(10), "fresh profiles");

        var result = await running.End();

        Assert.That(result.Errors, Is.Empty);
        var done = long.Parse(result.Output, System.Globalization.CultureInfo.InvariantCulture);
        ExpectProfile(DefaultProfile,
            "Program.Main 1/1",
            $"Work.Do {done + 1}/{done + 1} < Crowd.WorkOn {done}/{done}, Program.Main 1/1",
            $"Work.Step {3 * (done + 1)}/{3 * (done + 1)} < Work.Do {3 * (done + 1)}/{3 * (done + 1)}",
            $"Work.Leaf {6 * (done + 1)}/{6 * (done + 1)} < Work.Step {6 * (done + 1)}/{6 * (done + 1)}",
            "Crowd.Run 1/1 < Program.Main 1/1",
            $"Crowd.Run.<lambda> {Threads}/{Threads}",
            $"Crowd.WorkOn {Threads}/{Threads} < Crowd.Run.<lambda> {Threads}/{Threads}");
    }

    [Test]
    public async Task A_checkpoint_counts_what_is_open_as_ended()
    {
        var running = WovenProgram.With(Woven).Begin(Start("Wait") with { Environment = Every("20ms") });
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("waits"));
        string[] rows = [.. FirstWork, "Surroundings.WaitForInput 1/1 < Program.Main 1/1"];

        Assert.That(() => File.Exists(DefaultProfile) && CallCounts.Of(new Stats(DefaultProfile)).Length == rows.Length,
            Is.True.After(30_000, 10));
        Assert.That(CallCounts.In(DefaultProfile), Is.EquivalentTo(rows));

        running.Send("KILL");
        await running.End();
        Assert.That(CallCounts.In(DefaultProfile), Is.EquivalentTo(rows), "a killed process leaves its last checkpoint");
    }

    [Test]
    public async Task Checkpoints_that_cannot_be_written_are_one_complaint_and_keep_nothing_from_ending()
    {
        var running = WovenProgram.With(Woven).Begin(Start("Wait") with
        {
            Environment = new Dictionary<string, string>(Every("5ms")) { ["PROFILERWEAVER_OUTPUT"] = "/dev/full" },
        });
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("waits"));
        await Task.Delay(200);

        var result = await running.End();

        Assert.That(result.Complaints, Has.Length.EqualTo(1));
        Assert.That(result.Complaints.Single(), Does.Contain("cannot write /dev/full"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    static void ExpectSound(ProfContent content)
    {
        foreach (var row in content.Rows)
        {
            Assert.That(row.PrimitiveCalls, Is.LessThanOrEqualTo(row.Calls), row.Label.Name);
            Assert.That(row.Callers.Sum(caller => caller.Value.Calls), Is.LessThanOrEqualTo(row.Calls), row.Label.Name);
            Assert.That(row.TotalTime, Is.GreaterThanOrEqualTo(0), row.Label.Name);
            Assert.That(row.CumulativeTime, Is.LessThanOrEqualTo(
                Threads * content.Recording!.Duration.TotalSeconds * 1.1 + 0.1), row.Label.Name);
        }
    }

    static Dictionary<string, string> Every(string time) => new() { ["PROFILERWEAVER_CHECKPOINT"] = time };
}
