using System.Runtime.ExceptionServices;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Woven code that runs in the midst of the recorder's own work: a handler of the program's is told of the exception with
/// which the live file does not grow.</summary>
[NonParallelizable]
public class ReentryTests
{
    static RecorderMemory Memory => RecorderMemory.OfProcess;

    [Test]
    public void A_handler_of_exceptions_does_not_stop_the_recorder_when_the_live_file_cannot_grow([Values] bool truncated)
    {
        const int Methods = 40_000;
        var firstId = PlainMethods.Register(Methods);
        var others = 0;
        var limit = Memory.Limit;
        using var profile = new Profile(() => 0, 1);
        var told = 0;
        Thread? recorder = null;
        recorder = new Thread(() =>
        {
            Recorder.Exit(Recorder.Enter(firstId));
            if (truncated)
                Memory.Limit = 0;
            Memory.MoveInto(new FullStore());
            AppDomain.CurrentDomain.FirstChanceException += Tell;
            for (var i = 0; i < Methods; i++)
                Recorder.Exit(Recorder.Enter(firstId + i));
            AppDomain.CurrentDomain.FirstChanceException -= Tell;
        })
        { IsBackground = true };
        try
        {
            profile.Enable();
            recorder.Start();
            Assert.That(recorder.Join(TimeSpan.FromSeconds(20)), Is.True, "the recorder waits for itself");
        }
        finally
        {
            Memory.Limit = limit;
        }

        Assert.That(told, Is.Positive);
        var rows = FlatProfile.From(profile.CreateStats());
        Assert.That(rows.Count, Is.EqualTo(Methods));

        void Tell(object? sender, FirstChanceExceptionEventArgs e)
        {
            if (Thread.CurrentThread != recorder)
                return;
            // Its module begins here.
            if (told++ == 0)
                others = PlainMethods.Register(PlainMethods.Count + (truncated ? 1 : 2));
            for (var i = 0; i < PlainMethods.Count; i++)
                Recorder.Exit(Recorder.Enter(others + i));
        }
    }

    sealed unsafe class FullStore : RecordingStore
    {
        public override string Path => "/full/disk.prof.live";

        public override byte* AddChunk(int size) => throw new IOException("no room");

        public override bool Publish(void* root) => false;
    }
}
