using System.Runtime.InteropServices;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>A module whose method table this recorder cannot read, among others.</summary>
[NonParallelizable]
public class OtherTableTests
{
    [Test]
    public void Its_methods_are_not_recorded_and_what_they_call_belongs_to_their_caller([Values] bool subcalls)
    {
        var (memory, length) = PlainMethods.TableOf(2);
        Marshal.WriteInt32(memory, MethodTableFormat.Version + 1);
        var other = Recorder.Register(memory, length);
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

    [Test]
    public void A_table_that_is_none_stops_the_recording_and_its_ids_are_nobodys()
    {
        var (memory, _) = PlainMethods.TableOf(2);

        Assert.That(Recorder.Register(memory, MethodTableFormat.HeaderSize - 1), Is.Negative);
    }
}
