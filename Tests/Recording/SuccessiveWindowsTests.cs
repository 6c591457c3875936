using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>A measurement that is read again and again: each time it has what came since.</summary>
[NonParallelizable]
public class SuccessiveWindowsTests
{
    const string Program = "Scenarios.Measurements";
    const int Threads = 4;
    const int LeastRounds = 3000;
    const int LeastWindows = 3;
    const int Steps = 3;

    [Test]
    public void Each_call_is_in_one_window_while_threads_go_on()
    {
        var repeat = WovenAssembly.CSharp("Release").Delegate<Action<int>>(Program, "Repeat");
        var windows = new List<ProfileData>();
        var measurement = Profile.Measure(Extent.All);
        var read = 0;
        var rounds = 0;
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var round = 0; round < LeastRounds || Volatile.Read(ref read) < LeastWindows; round++)
            {
                repeat(Steps);
                Interlocked.Increment(ref rounds);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        while (threads.Exists(thread => thread.IsAlive))
        {
            windows.Add(Profile.ReadAndGoOn(measurement).Data);
            Volatile.Write(ref read, windows.Count);
        }
        windows.Add(measurement.Stop());

        Assert.That(windows, Has.Count.GreaterThan(LeastWindows));
        Assert.That(windows.Sum(window => Calls(window, "Repeat")), Is.EqualTo(rounds));
        Assert.That(windows.Sum(window => Calls(window, "Step")), Is.EqualTo(rounds * Steps));
        Assert.That(windows.SelectMany(FlatProfile.From).Select(row => row.TotalTime), Has.All.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void A_window_without_calls_has_none()
    {
        var repeat = WovenAssembly.CSharp("Release").Delegate<Action<int>>(Program, "Repeat");
        using var measurement = Profile.Measure(Extent.All);
        repeat(1);

        Assert.That(Calls(Profile.ReadAndGoOn(measurement).Data, "Step"), Is.EqualTo(1));
        Assert.That(Calls(Profile.ReadAndGoOn(measurement).Data, "Step"), Is.Zero);
    }

    [Test]
    public void The_last_window_is_what_came_until_the_program_ended_the_recording()
    {
        var repeat = WovenAssembly.CSharp("Release").Delegate<Action<int>>(Program, "Repeat");
        using var profile = new Profile(Clock.None);
        profile.Enable();
        using var measurement = Profile.Measure(Extent.All);
        repeat(1);
        var first = Profile.ReadAndGoOn(measurement);
        repeat(2);
        profile.Disable();
        var last = Profile.ReadAndGoOn(measurement);

        Assert.That((Calls(first.Data, "Step"), first.HasEnded), Is.EqualTo((1, false)));
        Assert.That((Calls(last.Data, "Step"), last.HasEnded), Is.EqualTo((2, true)));
    }

    static long Calls(ProfileData window, string method) =>
        FlatProfile.From(window).Where(row => row.Name == $"{Program}.{method}").Sum(row => row.Calls);
}
