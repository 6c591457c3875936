using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>A module whose method table this recorder cannot read, among others.</summary>
[NonParallelizable]
public class OtherTableTests
{
    [Test]
    public void Its_methods_are_not_recorded_and_what_they_call_belongs_to_their_caller([Values] bool subcalls)
    {
        var other = PlainMethods.RegisterOther(2);
        using var profile = new Profile(() => 0, 1, subcalls);

        profile.Enable();
        var caller = Recorder.Enter(PlainMethods.FirstId);
        for (var i = 0; i < 3; i++)
        {
            var unknown = Recorder.Enter(other + 1);
            Recorder.Exit(Recorder.Enter(PlainMethods.FirstId + 1));
            Recorder.Catch(unknown);
            Recorder.Exit(unknown);
        }
        Recorder.Exit(caller);
        profile.Disable();

        var calls = FlatProfile.From(profile.CreateStats()).ToDictionary(row => row.Label.Name, row => row.Figures.Calls);
        Assert.That(calls, Is.EquivalentTo(new Dictionary<string, long> { ["M0"] = 1, ["M1"] = 3 }));
    }

    // The recorder tells contexts of truncated calls by marks in their methods.
    [Test]
    public void Its_methods_are_none_of_those_whose_calls_are_truncated()
    {
        var other = PlainMethods.RegisterOther(2);
        var limit = RecorderMemory.OfProcess.Limit;
        using var profile = new Profile(() => 0, 1);
        try
        {
            RecorderMemory.OfProcess.Limit = 0;
            profile.Enable();
            var thread = new Thread(() =>
            {
                for (var method = 0; method < PlainMethods.Count; method++)
                {
                    var caller = Recorder.Enter(PlainMethods.FirstId + method);
                    for (var id = 0; id < PlainMethods.FirstId + PlainMethods.Count; id++)
                        Recorder.Exit(Recorder.Enter(other + id));
                    Recorder.Exit(Recorder.Enter(PlainMethods.FirstId));
                    Recorder.Exit(caller);
                }
            });
            thread.Start();
            thread.Join();
            profile.Disable();
        }
        finally
        {
            RecorderMemory.OfProcess.Limit = limit;
        }

        var rows = FlatProfile.From(profile.CreateStats());
        Assert.That(rows.Select(row => (row.Label.Name, row.Calls)), Is.EquivalentTo(
            Enumerable.Range(0, PlainMethods.Count).Select(method => ("M" + method, method == 0 ? 1L + PlainMethods.Count : 1))));
    }

    [Test]
    public void A_table_that_is_none_stops_the_recording_and_its_ids_are_nobodys()
    {
        var (memory, _) = PlainMethods.TableOf(2);

        Assert.That(Recorder.Register(memory, MethodTableFormat.HeaderSize - 1), Is.Negative);
    }
}
