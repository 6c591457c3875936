using System.Runtime.InteropServices;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>What the recorder must leave in a thread as it finds it: the errors of its last native call above all.</summary>
[NonParallelizable]
[Platform("Linux")]
public class CallerStateTests
{
    const int BadFile = 9;

    static int Id => PlainMethods.FirstId;

    static RecorderMemory Memory => RecorderMemory.OfProcess;

    [Test]
    public void H3_New_chunks_and_growing_tables_keep_the_error_of_a_native_call()
    {
        const int Methods = 100_000;
        var firstId = PlainMethods.Register(Methods);
        using var profile = new Profile();
        profile.Enable();
        var before = Memory.Used;

        var wrong = 0;
        for (var method = 0; method < Methods; method++)
            wrong += WrongAround(firstId + method);

        Assert.That(Memory.Used - before, Is.GreaterThan(1 << 20));
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void H3_A_growing_stack_keeps_the_error_of_a_native_call()
    {
        using var profile = new Profile();
        profile.Enable();
        var tokens = new Stack<nint>();

        var wrong = 0;
        for (var i = 0; i < 100_000; i++)
        {
            Fail();
            tokens.Push(Recorder.Enter(Id));
            wrong += Wrong();
        }
        while (tokens.TryPop(out var token))
        {
            Fail();
            Recorder.Exit(token);
            wrong += Wrong();
        }

        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void H3_The_first_call_of_a_thread_keeps_the_error_of_a_native_call()
    {
        const int Threads = 24;
        using var profile = new Profile();
        profile.Enable();
        using var together = new Barrier(Threads);
        var wrong = 0;
        // All at once, so that each needs a stack of its own; and again, on the stacks of those that have ended.
        for (var round = 0; round < 2; round++)
        {
            var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(Call)).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }

        Assert.That(wrong, Is.Zero);

        void Call()
        {
            together.SignalAndWait();
            Interlocked.Add(ref wrong, WrongAround(Id));
            together.SignalAndWait();
        }
    }

    [Test]
    public void H3_A_module_that_begins_keeps_the_error_of_a_native_call()
    {
        var table = PlainMethods.TableOf(50_000);

        Fail();
        Recorder.Register(table.Memory, table.Length);

        Assert.That(Wrong(), Is.Zero);
    }

    [Test]
    public void H3_Truncated_calls_keep_the_error_of_a_native_call()
    {
        // More than fit into what a thread has left of the room it was given before.
        const int Methods = 20_000;
        var firstId = PlainMethods.Register(Methods);
        var usual = Memory.Limit;
        using var profile = new Profile();
        try
        {
            Memory.Limit = 0;
            profile.Enable();
            var wrong = 0;
            var thread = new Thread(() =>
            {
                for (var i = 0; i < Methods; i++)
                    wrong += WrongAround(firstId + i, Id + i % 7);
            });
            thread.Start();
            thread.Join();

            Assert.That(wrong, Is.Zero);
        }
        finally
        {
            Memory.Limit = usual;
        }
        Assert.That(profile.CreateStats().Threads.Any(thread => thread.Truncated is not null), Is.True);
    }

    [Test]
    public void H3_A_timer_that_makes_native_calls_keeps_the_error_of_the_programs_call()
    {
        var now = 0L;
        using var profile = new Profile(() =>
        {
            _ = ChangeFolder("/no such folder");
            return now++;
        }, 1.0);
        profile.Enable();

        Assert.That(WrongAround(Id), Is.Zero);
        Assert.That(now, Is.Positive);
    }

    [Test]
    public void H3_Snapshots_by_another_thread_keep_the_error_of_a_native_call()
    {
        using var profile = new Profile();
        profile.Enable();
        var wrong = 0;
        using var done = new ManualResetEventSlim();
        var reader = new Thread(() =>
        {
            for (var i = 0; i < 20; i++)
                profile.SnapshotStats();
            done.Set();
        });
        reader.Start();
        for (var i = 0; !done.IsSet; i++)
            wrong += WrongAround(Id + i % PlainMethods.Count);
        reader.Join();

        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void H3_An_interrupt_during_the_recorders_wait_is_left_to_the_program()
    {
        var gate = new RecorderLock();
        using var entering = new ManualResetEventSlim();
        var ownWaits = 0;
        var thread = new Thread(() =>
        {
            entering.Set();
            using (gate.Enter())
            {
            }
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                ownWaits++;
            }
        });
        using (gate.Enter())
        {
            thread.Start();
            entering.Wait();
            thread.Interrupt();
            Assert.That(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Is.True.After(30_000, 1));
        }
        thread.Join();

        Assert.That(ownWaits, Is.EqualTo(1));
    }

    [Test]
    public void H3_An_interrupt_while_others_look_for_the_first_call_is_left_to_the_program()
    {
        using var entering = new ManualResetEventSlim();
        Exception? thrown = null;
        var ownWaits = 0;
        Thread? thread = null;
        var watch = new MethodWatch("M0", () =>
        {
            thread!.Start();
            entering.Wait();
            thread.Interrupt();
            Assert.That(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Is.True.After(30_000, 1));
            return false;
        });
        thread = new(() =>
        {
            entering.Set();
            try
            {
                watch.Look(Id + 1);
            }
            catch (Exception e)
            {
                thrown = e;
            }
            try
            {
                Thread.Sleep(thrown is null ? Timeout.Infinite : 0);
            }
            catch (ThreadInterruptedException)
            {
                ownWaits++;
            }
        });

        watch.Look(Id);
        thread.Join();

        Assert.That(thrown, Is.Null);
        Assert.That(ownWaits, Is.EqualTo(1));
    }

    [Test]
    public void H3_Checkpoints_take_nothing_from_the_context_of_the_thread_that_begins_them()
    {
        var local = new AsyncLocal<string> { Value = "the program's" };
        string? seen = "nothing yet";
        using var done = new ManualResetEventSlim();

        Checkpoints.Begin(TimeSpan.FromMilliseconds(1), () =>
        {
            seen = local.Value;
            done.Set();
            return false;
        });
        done.Wait();

        Assert.That(seen, Is.Null);
        Assert.That(local.Value, Is.EqualTo("the program's"));
    }

    // A failing call before each way into the recorder.
    static int WrongAround(params ReadOnlySpan<int> methods)
    {
        var wrong = 0;
        Fail();
        var token = Recorder.Enter(methods[0]);
        wrong += Wrong();
        if (methods.Length > 1)
            wrong += WrongAround(methods[1..]);
        Fail();
        Recorder.Exit(token);
        return wrong + Wrong();
    }

    static void Fail() => _ = Close(-1);

    static int Wrong() => Marshal.GetLastPInvokeError() == BadFile && Marshal.GetLastSystemError() == BadFile ? 0 : 1;

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    static extern int Close(int file);

    [DllImport("libc", EntryPoint = "chdir", SetLastError = true)]
    static extern int ChangeFolder([MarshalAs(UnmanagedType.LPStr)] string path);
}
