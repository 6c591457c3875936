using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Many threads, many methods, deep stacks, and trees larger than the memory limit.</summary>
[NonParallelizable]
public class ScaleTests
{
    static int Id => PlainMethods.FirstId;

    static RecorderMemory Memory => RecorderMemory.OfProcess;

    [Test]
    public void Threads_that_come_and_go_share_their_memory_and_keep_their_data()
    {
        const int Threads = 1000;
        using var profile = new Profile();
        profile.Enable();
        CallOnThread();
        var before = Memory.Used;

        for (var i = 1; i < Threads; i++)
            CallOnThread();

        // A root and a context each; a stack of its own would be 5 KiB more.
        Assert.That(Memory.Used - before, Is.LessThan(Threads * 1024));
        var data = profile.CreateStats();
        Assert.That(data.Threads, Has.Count.EqualTo(Threads));
        Assert.That(FlatProfile.From(data).Single().Calls, Is.EqualTo(Threads));

        static void CallOnThread()
        {
            var thread = new Thread(() => Recorder.Exit(Recorder.Enter(Id)));
            thread.Start();
            thread.Join();
        }
    }

    [Test]
    public void A_hundred_thousand_methods_have_a_row_each()
    {
        const int Methods = 100_000;
        var firstId = PlainMethods.Register(Methods);
        using var profile = new Profile();
        profile.Enable();

        for (var method = 0; method < Methods; method++)
            Recorder.Exit(Recorder.Enter(firstId + method));

        var rows = FlatProfile.From(profile.CreateStats());
        Assert.That(rows, Has.Count.EqualTo(Methods));
        Assert.That(rows.All(row => row.Calls == 1), Is.True);
    }

    [Test]
    public void A_recursion_may_be_a_hundred_thousand_frames_deep()
    {
        const int Depth = 100_000;
        using var profile = new Profile(() => 0, 1);
        profile.Enable();
        var tokens = new Stack<nint>();

        for (var i = 0; i < Depth; i++)
            tokens.Push(Recorder.Enter(Id + i % 2));
        while (tokens.TryPop(out var token))
            Recorder.Exit(token);

        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(new[]
        {
            $"M0 {Depth / 2}/1 < M1 {Depth / 2 - 1}/1",
            $"M1 {Depth / 2}/1 < M0 {Depth / 2}/1",
        }));
    }

    [Test]
    public void A_recursion_that_branches_stays_below_the_memory_limit()
    {
        const int Depth = 20;
        const long Room = 16 << 20;
        const long Calls = (1L << (Depth + 1)) - 2;
        using var profile = new Profile(() => 0, 1);
        var usual = Memory.Limit;
        var before = Memory.Used;
        try
        {
            Memory.Limit = before + Room;
            profile.Enable();
            Branch(Depth);
        }
        finally
        {
            Memory.Limit = usual;
        }

        Assert.That(Memory.Used - before, Is.LessThan(Room + (1 << 20)));
        var data = profile.CreateStats();
        Assert.That(data.Threads.Single().Truncated, Is.Not.Null);
        var rows = FlatProfile.From(data);
        Assert.That(rows.Select(row => row.Calls), Is.EqualTo(new[] { Calls / 2, Calls / 2 }));
        // Each calls both, and is called once by nobody.
        Assert.That(rows.Select(row => row.Callers.Sum(caller => caller.Value.Calls)), Is.EqualTo(new[] { Calls / 2 - 1, Calls / 2 - 1 }));
    }

    [Test]
    public void W7_Threads_that_come_and_go_beyond_the_memory_limit_share_what_they_take([Values] bool atOnce)
    {
        const int Methods = 100;
        const int Threads = 60;
        const int Steps = 4000;
        const long Room = 1 << 20;
        var firstId = PlainMethods.Register(Methods);
        var calls = new int[Methods];
        var pairs = new int[Methods, Methods];
        using var profile = new Profile(() => 0, 1);
        using var together = new Barrier(atOnce ? Threads : 1);
        var usual = Memory.Limit;
        var before = Memory.Used;
        try
        {
            Memory.Limit = before + Room;
            profile.Enable();
            var threads = Enumerable.Range(0, Threads).Select(seed => new Thread(() => Work(seed)));
            foreach (var group in threads.Chunk(atOnce ? Threads : 1))
            {
                Array.ForEach(group, thread => thread.Start());
                Array.ForEach(group, thread => thread.Join());
            }
        }
        finally
        {
            Memory.Limit = usual;
        }

        // A context of 64 bytes and 32 to find it for each pair, in tables that double; and for each thread a stack, and the pairs
        // that it has met.
        Assert.That(Memory.Used - before, Is.LessThan(Room + 4 * Methods * Methods * 64 + (atOnce ? Threads * ((32 + 64) << 10) : 0)));
        var rows = FlatProfile.From(profile.CreateStats());
        Assert.That(rows.ToDictionary(row => NumberOf(row.Label), row => row.Calls), Is.EquivalentTo(
            Enumerable.Range(0, Methods).Select(method => KeyValuePair.Create(method, (long)calls[method]))));
        foreach (var row in rows)
        {
            foreach (var (caller, figures) in row.Callers)
                Assert.That(figures.Calls, Is.EqualTo(pairs[NumberOf(caller), NumberOf(row.Label)]));
        }
        Assert.That(rows.Sum(row => row.Callers.Sum(caller => caller.Value.Calls)), Is.EqualTo(pairs.Cast<int>().Sum()));

        void Work(int seed)
        {
            var random = new Random(seed);
            var open = new Stack<(int Method, nint Token)>();
            together.SignalAndWait();
            for (var i = 0; i < Steps; i++)
            {
                if (open.Count == 0 || (open.Count < 30 && random.Next(2) == 0))
                {
                    var method = random.Next(Methods);
                    Interlocked.Increment(ref calls[method]);
                    if (open.TryPeek(out var caller))
                        Interlocked.Increment(ref pairs[caller.Method, method]);
                    open.Push((method, Recorder.Enter(firstId + method)));
                }
                else
                {
                    Recorder.Exit(open.Pop().Token);
                }
            }
            while (open.TryPop(out var last))
                Recorder.Exit(last.Token);
            together.SignalAndWait();
        }

        static int NumberOf(MethodLabel label) => int.Parse(label.Name.AsSpan(1));
    }

    static void Branch(int depth)
    {
        for (var method = 0; method < 2 && depth > 0; method++)
        {
            var token = Recorder.Enter(Id + method);
            Branch(depth - 1);
            Recorder.Exit(token);
        }
    }
}
