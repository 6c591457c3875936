using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Random calls while room comes and goes, fed to the recorder and to CPython's engine: of threads that come and go, over the
/// end of a recording in which calls are open, with catches and calls of what is not recorded.</summary>
[NonParallelizable]
public class TruncatedMixTests
{
    [ThreadStatic]
    static LsprofEngine? t_engine;

    static RecorderMemory Memory => RecorderMemory.OfProcess;

    [Test]
    public void Rows_stay_exact_when_room_comes_and_goes([Range(0, 9)] int seed)
    {
        using var profile = NewProfile();
        var engine = Within(() =>
        {
            profile.Enable();
            var calls = new Calls(new(seed), changesLimit: true);
            calls.Make(20_000);
            calls.LeaveAll();
            return calls.Engine;
        });

        Compare(profile, engine);
    }

    [Test]
    public void Rows_are_exact_when_calls_of_the_recording_before_end_late([Range(0, 9)] int seed)
    {
        using var profile = NewProfile();
        var engine = Within(() =>
        {
            profile.Enable();
            var calls = new Calls(new(seed), changesLimit: true);
            for (var recording = 0; recording < 6; recording++)
            {
                calls.Make(2000);
                profile.Disable();
                calls.ForgetRecorded();
                calls.Make(20);
                profile.Clear();
                profile.Enable();
                calls.ForgetRecorded();
            }
            calls.Make(5000);
            calls.LeaveAll();
            return calls.Engine;
        });

        Compare(profile, engine);
    }

    [Test]
    public void Rows_of_threads_that_come_and_go_are_exact([Range(0, 3)] int seed)
    {
        const int AtOnce = 6;
        using var profile = NewProfile();
        var engines = Within(() =>
        {
            profile.Enable();
            var all = new List<LsprofEngine>();
            for (var round = 0; round < 12; round++)
            {
                var begun = new LsprofEngine[AtOnce];
                var threads = Enumerable.Range(0, AtOnce).Select(i => new Thread(() =>
                {
                    var calls = new Calls(new(seed * 1000 + round * 10 + i), changesLimit: false);
                    begun[i] = calls.Engine;
                    calls.Make(1500);
                    calls.LeaveAll();
                })).ToList();
                threads.ForEach(thread => thread.Start());
                threads.ForEach(thread => thread.Join());
                all.AddRange(begun);
            }
            return all.ToArray();
        });

        Compare(profile, engines);
    }

    static Profile NewProfile() => new(() => t_engine?.Now ?? 0, 1.0);

    static T Within<T>(Func<T> calls)
    {
        var usual = Memory.Limit;
        try
        {
            Memory.Limit = 0;
            return calls();
        }
        finally
        {
            Memory.Limit = usual;
            t_engine = null;
        }
    }

    static void Compare(Profile profile, params LsprofEngine[] engines)
    {
        var data = profile.CreateStats();
        var rows = FlatProfile.From(data);
        var methods = engines.SelectMany(engine => engine.Results().Methods).GroupBy(pair => pair.Key, pair => pair.Value)
            .ToDictionary(group => group.Key, Sum);
        var edges = engines.SelectMany(engine => engine.Results().Edges).Where(pair => pair.Value.Calls > 0)
            .GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(group => group.Key, Sum);
        Assert.That(rows.ToDictionary(row => NumberOf(row.Label), row => row.Figures with { Resumes = 0 }), Is.EquivalentTo(methods));
        Assert.That(
            rows.SelectMany(row => row.Callers.Select(caller => (Pair: (NumberOf(caller.Key), NumberOf(row.Label)), caller.Value)))
                .Where(edge => edge.Value.Calls > 0).ToDictionary(edge => edge.Pair, edge => edge.Value),
            Is.EquivalentTo(edges));
    }

    static Figures Sum(IEnumerable<Figures> figures)
    {
        var all = figures.ToList();
        return new(all.Sum(one => one.Calls), all.Sum(one => one.PrimitiveCalls), all.Sum(one => one.TotalTime), all.Sum(one => one.CumulativeTime))
        {
            SlowestTime = all.Max(one => one.SlowestTime),
        };
    }

    static int NumberOf(MethodLabel label) => int.Parse(label.Name.AsSpan(1));

    sealed class Calls
    {
        // The room that there is when there is some.
        const long More = 40_000;

        static readonly int Unrecorded = PlainMethods.RegisterOther(1);

        readonly Random random;
        readonly bool changesLimit;
        readonly int deepest;
        readonly Stack<(nint Token, bool IsInEngine)> open = new();

        public Calls(Random random, bool changesLimit)
        {
            this.random = random;
            this.changesLimit = changesLimit;
            deepest = random.Next(5, 700);
            t_engine = Engine;
        }

        public LsprofEngine Engine { get; private set; } = new();

        public void Make(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                Engine.Now += random.Next(4);
                if (changesLimit && random.Next(40) == 0)
                    Memory.Limit = random.Next(2) == 0 ? 0 : (Memory.Used + More) * 8 / 7;
                var choice = random.Next(100);
                if (choice < 3)
                    Catch(random.Next(30));
                else if (choice < 7)
                    Recorder.Exit(Recorder.Enter(Unrecorded + random.Next(PlainMethods.FirstId + PlainMethods.Count)));
                else if (open.Count == 0 || (choice < 54 && open.Count < deepest))
                    Enter(random.Next(PlainMethods.Count));
                else
                    Leave(random.Next(20) == 0 ? random.Next(1, open.Count + 1) : 1);
            }
        }

        public void LeaveAll() => Leave(open.Count);

        /// <summary>What was recorded is not in the profile, and what is open will not be.</summary>
        public void ForgetRecorded()
        {
            var now = Engine.Now;
            Engine = new() { Now = now };
            t_engine = Engine;
            var tokens = open.Reverse().ToList();
            open.Clear();
            foreach (var (token, _) in tokens)
                open.Push((token, false));
        }

        void Enter(int method)
        {
            var token = Recorder.Enter(PlainMethods.FirstId + method);
            if (token != 0)
                Engine.Enter(method);
            open.Push((token, token != 0));
        }

        // An exception passed through some frames and was caught.
        void Catch(int frames)
        {
            if (open.Count <= frames || !open.ElementAt(frames).IsInEngine)
                return;
            for (var i = 0; i < frames; i++)
                LeaveInEngine();
            Recorder.Catch(open.Peek().Token);
        }

        // Only the last one reports its end, of those that were recorded: an exception passed through the others.
        void Leave(int frames)
        {
            nint last = 0;
            for (var i = 0; i < frames; i++)
            {
                if (LeaveInEngine() is not 0 and var token)
                    last = token;
            }
            Recorder.Exit(last);
        }

        nint LeaveInEngine()
        {
            var (token, isInEngine) = open.Pop();
            if (isInEngine)
                Engine.Leave();
            return token;
        }
    }
}
