using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Exact counts and sampled times. The looks are made by hand, and the time is the test's.</summary>
[NonParallelizable]
public class SamplerTests
{
    static int Id => PlainMethods.FirstId;

    [Test]
    public void With_a_look_before_every_call_and_end_all_figures_are_those_of_the_engine([Range(0, 4)] int seed) =>
        CompareWithEngine(seed, limit: null, expectTruncated: false);

    [Test]
    public void With_a_look_before_every_call_and_end_truncated_calls_have_the_figures_of_the_engine([Range(0, 4)] int seed) =>
        CompareWithEngine(seed, limit: 0, expectTruncated: true);

    [Test]
    public void What_has_passed_since_the_last_look_is_charged_to_what_is_on_top()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        var outer = Recorder.Enter(Id);
        time.Pass(3);
        var inner = Recorder.Enter(Id + 1);
        time.Pass(4);
        Look();
        Recorder.Exit(inner);
        // Nobody looked for long: it is still one sample.
        time.Pass(1000);
        Look();
        time.Pass(5);
        Look();
        Recorder.Exit(outer);

        Expect(profile.CreateStats(), "M0 1/1 1005 1012 2", "M1 1/1 7 7 1");
    }

    [Test]
    public void A_look_at_an_instant_at_which_nothing_has_passed_is_no_sample()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        var token = Recorder.Enter(Id);
        time.Pass(1);
        Look();
        Look();
        Recorder.Exit(token);

        Expect(profile.CreateStats(), "M0 1/1 1 1 1");
    }

    [Test]
    public void Time_outside_of_all_methods_is_nobodys()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        time.Pass(100);
        Recorder.Exit(Recorder.Enter(Id));
        time.Pass(200);
        Look();
        var token = Recorder.Enter(Id);
        time.Pass(3);
        Look();
        Recorder.Exit(token);

        Expect(profile.CreateStats(), "M0 2/2 3 3 1");
    }

    [Test]
    public void A_thread_is_charged_from_its_first_call_on()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        time.Pass(100);
        var token = Recorder.Enter(Id);
        time.Pass(2);
        Look();
        Recorder.Exit(token);

        Expect(profile.CreateStats(), "M0 1/1 2 2 1");
    }

    [Test]
    public void Each_thread_is_charged_what_its_own_clock_says()
    {
        var time = new HandTime { IsOfThread = true };
        using var profile = time.Profile();
        profile.Enable();
        var token = Recorder.Enter(Id);
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var blocked = new Thread(() =>
        {
            var other = Recorder.Enter(Id + 1);
            entered.Set();
            leave.Wait();
            Recorder.Exit(other);
        });
        blocked.Start();
        entered.Wait();
        time.Pass(6, Environment.CurrentManagedThreadId);
        Look();
        leave.Set();
        blocked.Join();
        Recorder.Exit(token);

        Expect(profile.CreateStats(), "M0 1/1 6 6 1", "M1 1/1 0 0 0");
    }

    [Test]
    public void A_thread_that_has_ended_within_a_method_is_not_charged_any_more_nor_is_the_next_one_for_it()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        OnThread(() =>
        {
            Recorder.Enter(Id);
            time.Pass(1);
            Look();
        });
        time.Pass(100);
        Look();
        OnThread(() =>
        {
            var token = Recorder.Enter(Id + 1);
            time.Pass(2);
            Look();
            Recorder.Exit(token);
        });

        Expect(profile.CreateStats(), "M0 1/1 1 1 1", "M1 1/1 2 2 1");
    }

    [Test]
    public void A_snapshot_has_the_time_of_open_calls_up_to_now_but_does_not_count_them()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        var outer = Recorder.Enter(Id);
        var inner = Recorder.Enter(Id + 1);
        time.Pass(4);

        Expect(profile.SnapshotStats(), "M0 0/0 0 4 0", "M1 0/0 4 4 1");

        time.Pass(2);
        profile.Disable();
        time.Pass(50);
        Recorder.Exit(inner);
        Recorder.Exit(outer);
        Expect(profile.SnapshotStats(), "M0 1/1 0 6 0", "M1 1/1 6 6 2");
    }

    [Test]
    public void Truncated_calls_that_are_open_count_up_to_now()
    {
        var time = new HandTime();
        var usual = RecorderMemory.OfProcess.Limit;
        using var profile = time.Profile();
        try
        {
            profile.Enable();
            var outer = Recorder.Enter(Id);
            RecorderMemory.OfProcess.Limit = 0;
            Fill();
            var inner = Recorder.Enter(Id + 1);
            var innermost = Recorder.Enter(Id + 2);
            time.Pass(4);
            Look();
            Recorder.Exit(innermost);
            time.Pass(3);
            profile.Disable();
            Recorder.Exit(inner);
            Recorder.Exit(outer);
        }
        finally
        {
            RecorderMemory.OfProcess.Limit = usual;
        }
        var data = profile.SnapshotStats();
        Assert.That(data.Threads.Single().Truncated, Is.Not.Null);
        var rows = FlatProfile.From(data).Where(row => row.TotalTime > 0 || row.CumulativeTime > 0);
        Assert.That(rows.Select(Text), Is.EquivalentTo(new[] { "M0 1/1 0 7 0", "M1 1/1 3 7 1", "M2 1/1 4 4 1" }));

        // Until the segment of contexts is full.
        void Fill()
        {
            const int Enough = 17_000;
            var firstId = PlainMethods.Register(Enough);
            for (var method = firstId + PlainMethods.Count; method < firstId + Enough; method++)
                Recorder.Exit(Recorder.Enter(method));
        }
    }

    [Test]
    public void A_part_of_a_recording_has_the_time_up_to_its_end([Values("beside", "measurement", "its recording", "now")] string ended)
    {
        var time = new HandTime();
        var clock = Clock.MakeSampled("by hand", time, 1, Timeout.InfiniteTimeSpan);
        using var automatic = Profile.Automatic(clock, subcalls: true, builtins: true, compensate: true);
        automatic.Enable();
        using var beside = new Profile(clock);
        beside.Enable();
        using var measurement = Profile.Measure(Extent.All);
        var call = Recorder.Enter(Id);
        time.Pass(7);

        var data = ended switch
        {
            "beside" => beside.CreateStats(),
            "measurement" => measurement.Stop(),
            "now" => Profile.ReadUntilNow(measurement),
            _ => null,
        };
        automatic.Disable();
        data ??= measurement.Stop();
        Recorder.Exit(call);

        Expect(data, "M0 1/1 7 7 1");
    }

    [Test]
    public void Cleared_in_a_method_its_time_is_forgotten()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        var token = Recorder.Enter(Id);
        time.Pass(4);
        Look();
        profile.Clear();
        time.Pass(4);
        Look();
        Recorder.Exit(token);
        token = Recorder.Enter(Id + 1);
        time.Pass(5);
        Look();
        Recorder.Exit(token);

        Expect(profile.CreateStats(), "M1 1/1 5 5 1");
    }

    [Test]
    public void A_profile_without_callers_keeps_the_tree_that_totals_come_from()
    {
        var time = new HandTime();
        using var profile = time.Profile(subcalls: false);
        profile.Enable();
        var outer = Recorder.Enter(Id);
        var inner = Recorder.Enter(Id + 1);
        time.Pass(4);
        Look();
        Recorder.Exit(inner);
        Recorder.Exit(outer);

        Expect(profile.CreateStats(), "M0 1/1 0 4 0", "M1 1/1 4 4 1");
    }

    [Test]
    public void A_measured_recording_follows_a_sampled_one_and_the_other_way_round()
    {
        var time = new HandTime();
        var ticks = 0L;
        using var sampled = time.Profile();
        using var measured = new Profile(() => ticks++, 1);
        for (var i = 0; i < 3; i++)
        {
            sampled.Enable();
            var token = Recorder.Enter(Id);
            time.Pass(2);
            Look();
            sampled.Disable();
            measured.Enable();
            Recorder.Exit(token);
            Recorder.Exit(Recorder.Enter(Id + 1));
            measured.Disable();
        }

        Expect(sampled.SnapshotStats(), "M0 3/3 6 6 3");
        Expect(measured.SnapshotStats(), "M1 3/3 3 3 0");
    }

    [Test]
    public void A_file_keeps_the_samples()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        var token = Recorder.Enter(Id);
        time.Pass(4);
        Look();
        Recorder.Exit(token);
        using var folder = new TemporaryFolder();
        ProfFile.Write(profile.CreateStats(), folder.File("sampled.prof"));

        Assert.That(new Stats(folder.File("sampled.prof"))["M0"].Samples, Is.EqualTo(1));
        Assert.That(ProfFile.Read(folder.File("sampled.prof")).Recording!.Threads[0].Root.Children.Single().Samples, Is.EqualTo(1));
    }

    [Test]
    public void A_look_allocates_nothing()
    {
        var time = new HandTime();
        using var profile = time.Profile();
        profile.Enable();
        var token = Recorder.Enter(Id);
        var sampler = Recorder.Sampler!;
        sampler.Look();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            time.Pass(1);
            sampler.Look();
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Recorder.Exit(token);

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public void The_processor_time_of_a_thread_can_be_read_by_its_number()
    {
        var clock = OtherThreadCpuTime.ClockOfThisThread();
        var before = Clock.ThreadCpu.Read();
        var read = 0L;
        OnThread(() => read = OtherThreadCpuTime.Read(clock));

        Assert.That(read, Is.InRange(before, Clock.ThreadCpu.Read()));
    }

    [Test]
    [Platform("Linux")]
    public void The_clock_of_a_thread_that_has_ended_says_0()
    {
        var clock = 0;
        OnThread(() => clock = OtherThreadCpuTime.ClockOfThisThread());

        Assert.That(() => OtherThreadCpuTime.Read(clock), Is.Zero.After(10_000, 1), "the system takes a moment");
    }

    [Test]
    public void What_counting_takes_is_taken_off_sampled_times()
    {
        using var profile = new Profile(Clock.Sampled);
        profile.Enable();
        Recorder.Exit(Recorder.Enter(Id));
        var data = profile.CreateStats();

        Assert.That(data.Overhead.IsSampled);
        Assert.That(data.Overhead.CallTicks * data.SecondsPerTick, Is.InRange(0.1e-9, 1e-6));
        Assert.That(data.Overhead.LeastTicks, Is.Positive.And.LessThan(data.Overhead.CallTicks));
        Assert.That((data.Clock, data.Unit), Is.EqualTo(("sampled", ClockUnit.Seconds)));
    }

    static void CompareWithEngine(int seed, long? limit, bool expectTruncated)
    {
        var random = new Random(seed);
        var engine = new LsprofEngine();
        var tokens = new Stack<nint>();
        var depth = random.Next(5, 300);
        var time = new HandTime();
        var usual = RecorderMemory.OfProcess.Limit;
        using var profile = time.Profile();
        try
        {
            RecorderMemory.OfProcess.Limit = limit ?? usual;
            profile.Enable();
            for (var i = 0; i < 10_000; i++)
            {
                time.Pass(random.Next(4));
                engine.Now = time.Now;
                Recorder.Sampler!.Look();
                if (tokens.Count == 0 || (random.Next(100) < 52 && tokens.Count < depth))
                {
                    var method = random.Next(PlainMethods.Count);
                    engine.Enter(method);
                    tokens.Push(Recorder.Enter(Id + method));
                }
                else
                {
                    Leave(random.Next(20) == 0 ? random.Next(1, tokens.Count + 1) : 1);
                }
            }
            Leave(tokens.Count);
        }
        finally
        {
            RecorderMemory.OfProcess.Limit = usual;
        }
        var data = profile.CreateStats();
        Assert.That(data.Threads.Any(thread => thread.Truncated is not null), Is.EqualTo(expectTruncated));
        var rows = FlatProfile.From(data);
        var (methods, edges) = engine.Results(withSlowest: false);
        Assert.That(rows.ToDictionary(row => NumberOf(row.Label), row => row.Figures with { Samples = 0 }), Is.EquivalentTo(methods));
        Assert.That(
            rows.SelectMany(row => row.Callers.Select(caller =>
                    (Pair: (NumberOf(caller.Key), NumberOf(row.Label)), Figures: caller.Value with { Samples = 0 })))
                .ToDictionary(edge => edge.Pair, edge => edge.Figures),
            Is.EquivalentTo(edges));
        Assert.That(rows.Where(row => row.TotalTime > 0).Select(row => row.Samples), Is.All.Positive);

        void Leave(int frames)
        {
            nint token = 0;
            for (var i = 0; i < frames; i++)
            {
                engine.Leave();
                token = tokens.Pop();
            }
            Recorder.Exit(token);
        }
    }

    static int NumberOf(MethodLabel label) => int.Parse(label.Name.AsSpan(1));

    static void Look() => Recorder.Sampler!.Look();

    static void OnThread(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        thread.Join();
    }

    static void Expect(ProfileData data, params string[] rows) =>
        Assert.That(FlatProfile.From(data).Select(Text), Is.EquivalentTo(rows));

    static string Text(MethodStats row) =>
        $"{row.Name} {row.Calls}/{row.PrimitiveCalls} {row.TotalTime} {row.CumulativeTime} {row.Samples}";

    /// <summary>A time that passes when a test says so.</summary>
    sealed class HandTime : SampledTime
    {
        readonly Dictionary<int, long> ofThreads = [];

        public override bool IsReal => false;

        public long Now { get; private set; }

        /// <summary>Whether each thread has its own.</summary>
        public bool IsOfThread { get; init; }

        public Profile Profile(bool subcalls = true) =>
            new(Clock.MakeSampled("by hand", this, 1, Timeout.InfiniteTimeSpan), subcalls);

        public void Pass(long ticks) => Now += ticks;

        public void Pass(long ticks, int thread) => ofThreads[thread] = ticks + ofThreads.GetValueOrDefault(thread);

        public override int ClockOfThisThread() => Environment.CurrentManagedThreadId;

        public override long Read(int clock) => IsOfThread ? ofThreads.GetValueOrDefault(clock) : Now;
    }
}
