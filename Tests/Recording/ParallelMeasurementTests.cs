using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Tests that run in parallel, each of which measures itself, in a program that does not record otherwise.</summary>
public class ParallelMeasurementTests
{
    const string Program = "Scenarios.Measurements";

    [Test]
    public async Task Each_has_its_own_calls([Range(1, 100)] int times)
    {
        var scenarios = WovenAssembly.CSharp("Release");
        var repeat = scenarios.Delegate<Action<int>>(Program, "Repeat");
        var repeatAsync = scenarios.Delegate<Func<int, Task>>(Program, "RepeatAsync");
        using var whole = Profile.Measure();
        var first = Profile.Measure(() => repeat(times));
        var second = await Profile.MeasureAsync(() => repeatAsync(times));
        repeat(1);
        var all = whole.Stop();

        Assert.That((StepsOf(first), StepsOf(second), StepsOf(all)), Is.EqualTo(((long)times, (long)times, (long)((2 * times) + 1))));
    }

    static long StepsOf(ProfileData data) => new Stats(data)[$"{Program}.Step"].Calls;
}
