using System.Collections.Concurrent;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Profiles that are enabled, disabled, cleared, read and measured in any order have the calls that a list of them has, whatever
/// they are recorded beside.</summary>
[NonParallelizable]
public sealed class SwitchingModelTests : IDisposable
{
    const int Steps = 300;

    readonly long limit = RecorderMemory.OfProcess.Limit;
    readonly Worker[] workers = [new("one"), new("one"), new("")];

    // Where one was begun it is completed, some time later.
    readonly ThreadLocal<List<AsyncActivation[]>> waiting = new(() => []);

    [TearDown]
    public void GiveBackTheLimit() => RecorderMemory.OfProcess.Limit = limit;

    public void Dispose()
    {
        foreach (var worker in workers)
            worker.Dispose();
        waiting.Dispose();
    }

    [Test]
    public void All_have_the_calls_of_their_time([Values("wall", "none", "sampled", "allocations")] string clock, [Values] bool subcalls,
        [Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        var isTruncated = seed % 2 == 0;
        var profiles = ProfilesOf(clock switch { "none" => Clock.None, "sampled" => Clock.Sampled, "allocations" => Clock.Allocations, _ => Clock.Wall }, subcalls);
        var expected = profiles.ToDictionary(profile => profile, _ => new Dictionary<string, long>());
        var measurements = new Dictionary<Measurement, Dictionary<string, long>>();
        for (var step = 0; step < Steps; step++)
        {
            if (isTruncated)
                RecorderMemory.OfProcess.Limit = random.Next(3) == 0 ? 0 : limit;
            var profile = profiles[random.Next(profiles.Length)];
            switch (random.Next(12))
            {
                case 0 or 1:
                    TryEnable(profile, random.Next(3) == 0 ? null : random.Next(4) > 0);
                    break;
                case 2:
                    profile.Disable();
                    break;
                case 3:
                    profile.Leave();
                    break;
                case 4 when random.Next(4) == 0:
                    profile.Clear();
                    expected[profile].Clear();
                    break;
                case 5:
                    Expect(profile.SnapshotStats(), expected[profile], subcalls && !isTruncated);
                    break;
                case 6:
                    profile.UseAsEnded(source => Expect(source.ToData(), expected[profile], subcalls && !isTruncated));
                    break;
                case 7 when measurements.Count < 4:
                    measurements.Add(Profile.Measure(Extent.All), []);
                    break;
                case 8 when measurements.Count > 0:
                    measurements.Keys.ElementAt(random.Next(measurements.Count)).Stop();
                    break;
                default:
                    var calls = Call(random);
                    foreach (var counts in profiles.Where(one => one.IsEnabled).Select(one => expected[one]).Concat(measurements.Values))
                    {
                        foreach (var (path, count) in calls)
                            counts[path] = counts.GetValueOrDefault(path) + count;
                    }
                    break;
            }
            ExpectStopped(measurements, subcalls && !isTruncated);
        }
        foreach (var measurement in measurements.Keys)
            measurement.Stop();
        ExpectStopped(measurements, subcalls && !isTruncated);
        foreach (var profile in profiles)
            Expect(profile.CreateStats(), expected[profile], subcalls && !isTruncated);
        Assert.That(Profile.Current, Is.Null);
    }

    static Profile[] ProfilesOf(Clock clock, bool subcalls) =>
    [
        Profile.Automatic(clock, subcalls, builtins: true, compensate: false), new(clock, subcalls), new(clock, subcalls), new(clock, subcalls),
    ];

    static void TryEnable(Profile profile, bool? builtins)
    {
        try
        {
            profile.Enable(builtins: builtins);
        }
        catch (InvalidOperationException)
        {
            // It is already enabled, or another one is that it cannot be beside.
        }
    }

    static void ExpectStopped(Dictionary<Measurement, Dictionary<string, long>> measurements, bool hasPaths)
    {
        foreach (var (measurement, calls) in measurements.Where(one => one.Key.IsStopped).ToList())
        {
            Expect(measurement.Stop(), calls, hasPaths);
            measurements.Remove(measurement);
        }
    }

    static void Expect(ProfileData data, Dictionary<string, long> calls, bool hasPaths)
    {
        Assert.That(FlatProfile.From(data).Where(row => row.Calls > 0).Select(row => $"{row.Name} {row.Calls}").Order(),
            Is.EqualTo(calls.GroupBy(pair => pair.Key.Split('/')[^1]).Select(method => $"{method.Key} {method.Sum(pair => pair.Value)}").Order()));
        if (!hasPaths)
            return;
        var paths = new Dictionary<string, long>();
        foreach (var thread in data.Threads)
            Add(thread.Tree.Root, "");
        Assert.That(paths, Is.EquivalentTo(calls));

        void Add(CallNode node, string path)
        {
            foreach (var child in node.Children)
            {
                var inner = $"{path}/{data.Methods[child.Method].Name}";
                if (child.Calls > 0)
                    paths[inner] = paths.GetValueOrDefault(inner) + child.Calls;
                Add(child, inner);
            }
        }
    }

    Dictionary<string, long> Call(Random random)
    {
        var calls = new Dictionary<string, long>();
        var worker = random.Next(workers.Length + 1);
        if (worker == workers.Length)
            Call(random, calls);
        else
            workers[worker].Do(() => Call(random, calls));
        return calls;
    }

    void Call(Random random, Dictionary<string, long> calls)
    {
        for (var i = random.Next(1, 5); i > 0; i--)
            Call(random, 0, "", calls);
        if (random.Next(2) == 0)
            Begin(random.Next(4) == 0, calls);
        if (random.Next(2) == 0 && waiting.Value is { Count: > 0 } begun)
        {
            var at = random.Next(begun.Count);
            ref var activation = ref begun[at][0];
            begun.RemoveAt(at);
            Recorder.Complete(Recorder.EnterAsync(AsyncMethods.IdOf(0), ref activation), ref activation);
        }
    }

    void Begin(bool isCompletedAtOnce, Dictionary<string, long> calls)
    {
        var activation = new AsyncActivation[1];
        var call = Recorder.EnterAsync(AsyncMethods.IdOf(0), ref activation[0]);
        calls["/A0"] = calls.GetValueOrDefault("/A0") + 1;
        if (isCompletedAtOnce)
        {
            Recorder.Complete(call, ref activation[0]);
            return;
        }
        Recorder.Suspend(call);
        waiting.Value!.Add(activation);
    }

    static void Call(Random random, int depth, string path, Dictionary<string, long> calls)
    {
        var method = random.Next(4);
        path += $"/M{method}";
        calls[path] = calls.GetValueOrDefault(path) + 1;
        var call = Recorder.Enter(PlainMethods.FirstId + method);
        for (var inner = random.Next(depth < 3 ? 3 : 1); inner > 0; inner--)
            Call(random, depth + 1, path, calls);
        Recorder.Exit(call);
    }

    /// <summary>A thread that does what it is told while the caller waits.</summary>
    sealed class Worker : IDisposable
    {
        readonly BlockingCollection<(Action Action, TaskCompletionSource Done)> work = [];

        public Worker(string name) => new Thread(Run) { IsBackground = true, Name = name }.Start();

        public void Do(Action action)
        {
            var done = new TaskCompletionSource();
            work.Add((action, done));
            done.Task.GetAwaiter().GetResult();
        }

        public void Dispose() => work.CompleteAdding();

        void Run()
        {
            foreach (var (action, done) in work.GetConsumingEnumerable())
            {
                try
                {
                    action();
                    done.SetResult();
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            }
        }
    }
}
