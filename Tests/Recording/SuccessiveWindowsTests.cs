using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>A measurement that is read again and again: each time it has what came since.</summary>
[NonParallelizable]
public class SuccessiveWindowsTests
{
    const string Program = "Scenarios.Measurements";
    const int Threads = 4;
    const int Rounds = 3000;
    const int Steps = 3;

    [Test]
    public void Each_call_is_in_one_window_while_threads_go_on()
    {
        var repeat = WovenAssembly.CSharp("Release").Delegate<Action<int>>(Program, "Repeat");
        var windows = new List<ProfileData>();
        var measurement = Profile.Measure(Extent.All);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++)
                repeat(Steps);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        while (threads.Exists(thread => thread.IsAlive))
            windows.Add(Profile.ReadAndGoOn(measurement));
        windows.Add(measurement.Stop());

        Assert.That(windows, Has.Count.GreaterThan(2));
        Assert.That(windows.Sum(window => Calls(window, "Repeat")), Is.EqualTo(Threads * Rounds));
        Assert.That(windows.Sum(window => Calls(window, "Step")), Is.EqualTo(Threads * Rounds * Steps));
        Assert.That(windows.SelectMany(FlatProfile.From).Select(row => row.TotalTime), Has.All.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void A_window_without_calls_has_none()
    {
        var repeat = WovenAssembly.CSharp("Release").Delegate<Action<int>>(Program, "Repeat");
        using var measurement = Profile.Measure(Extent.All);
        repeat(1);

        Assert.That(Calls(Profile.ReadAndGoOn(measurement), "Step"), Is.EqualTo(1));
        Assert.That(Calls(Profile.ReadAndGoOn(measurement), "Step"), Is.Zero);
    }

    static long Calls(ProfileData window, string method) =>
        FlatProfile.From(window).Where(row => row.Name == $"{Program}.{method}").Sum(row => row.Calls);
}
