using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>A profile that is enabled and disabled all the time is the profile of all that was called meanwhile, and does not grow.</summary>
[NonParallelizable]
public class OnAndOffTests
{
    const int Times = 200;

    [Test]
    public void Many_recordings_are_as_exact_as_few([Values] bool subcalls, [Values] bool isAsync)
    {
        var expected = new Dictionary<string, long>();
        using var profile = new Profile(() => 0, 1, subcalls);
        var random = new Random(5);
        for (var i = 0; i < Times; i++)
        {
            profile.Enable();
            for (var k = 0; k < 20; k++)
                Call(random, 0, "root", subcalls ? expected : null);
            if (isAsync)
                Await(random);
            profile.Disable();
        }
        var data = profile.CreateStats();

        if (subcalls && !isAsync)
            Assert.That(PathsOf(data), Is.EquivalentTo(expected));
        var rows = FlatProfile.From(data);
        Assert.That(rows.Sum(row => row.Calls), Is.EqualTo(called + awaited * (isAsync ? 1 : 0)));
        Assert.That(data.Threads.Count, Is.LessThanOrEqualTo(17 * (isAsync ? 3 : 1)));
    }

    [Test]
    public void Times_calls_and_callers_are_those_of_all_recordings()
    {
        var now = 0L;
        using var profile = new Profile(() => now, 1);
        for (var i = 1; i <= Times; i++)
        {
            profile.Enable();
            var outer = Recorder.Enter(PlainMethods.FirstId);
            now += 2;
            var inner = Recorder.Enter(PlainMethods.FirstId + 1 + i % 3);
            now += i;
            Recorder.Exit(inner);
            Recorder.Exit(outer);
            profile.Disable();
        }

        var rows = FlatProfile.From(profile.CreateStats()).ToDictionary(row => row.Label.Name);

        Assert.That(rows["M0"].Calls, Is.EqualTo(Times));
        Assert.That(rows["M0"].TotalTime, Is.EqualTo(2 * Times));
        Assert.That(rows["M0"].CumulativeTime, Is.EqualTo(2 * Times + Times * (Times + 1) / 2));
        Assert.That(rows["M0"].SlowestTime, Is.EqualTo(2 + Times));
        for (var method = 1; method <= 3; method++)
        {
            var own = Enumerable.Range(1, Times).Where(i => 1 + i % 3 == method).ToList();
            Assert.That(rows[$"M{method}"].TotalTime, Is.EqualTo(own.Sum()));
            Assert.That(rows[$"M{method}"].SlowestTime, Is.EqualTo(own.Max()));
            Assert.That(rows[$"M{method}"].Callers.Single().Value.Calls, Is.EqualTo(own.Count));
        }
    }

    [Test]
    public void The_slowest_call_of_an_async_method_is_that_of_all_recordings()
    {
        var now = 0L;
        using var profile = new Profile(() => now, 1);
        for (var i = 1; i <= Times; i++)
        {
            profile.Enable();
            var activation = default(AsyncActivation);
            var call = Recorder.EnterAsync(AsyncMethods.IdOf(0), ref activation);
            now++;
            if (i == 5)
            {
                now += 100;
            }
            else
            {
                Recorder.Suspend(call);
                call = Recorder.EnterAsync(AsyncMethods.IdOf(0), ref activation);
            }
            Recorder.Complete(call, ref activation);
            profile.Disable();
        }

        Assert.That(FlatProfile.From(profile.CreateStats()).Single().SlowestTime, Is.EqualTo(101));
    }

    [Test]
    public void Memory_does_not_grow_with_the_number_of_recordings()
    {
        using var profile = new Profile(() => 0, 1);
        var random = new Random(5);
        Record(100);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Record(1000);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        // Without folding, a recording takes some thirty kilobytes.
        Assert.That(after - before, Is.LessThan(5_000_000));

        void Record(int times)
        {
            for (var i = 0; i < times; i++)
            {
                profile.Enable();
                for (var k = 0; k < 300; k++)
                    Call(random, 0, "root", null);
                profile.Disable();
            }
        }
    }

    long called;
    long awaited;

    [SetUp]
    public void Forget() => called = awaited = 0;

    void Call(Random random, int depth, string path, Dictionary<string, long>? paths)
    {
        var method = random.Next(4);
        var token = Recorder.Enter(PlainMethods.FirstId + method);
        called++;
        path += $"/M{method}";
        if (paths is not null)
            paths[path] = paths.GetValueOrDefault(path) + 1;
        for (var calls = random.Next(depth < 3 ? 3 : 1); calls > 0; calls--)
            Call(random, depth + 1, path, paths);
        Recorder.Exit(token);
    }

    // A call that waits and is resumed in its own recording, or in none.
    void Await(Random random)
    {
        var activation = default(AsyncActivation);
        var token = Recorder.EnterAsync(AsyncMethods.IdOf(0), ref activation);
        awaited++;
        Recorder.Suspend(token);
        if (random.Next(2) == 0)
            Recorder.Complete(Recorder.EnterAsync(AsyncMethods.IdOf(0), ref activation), ref activation);
    }

    static Dictionary<string, long> PathsOf(ProfileData data)
    {
        var result = new Dictionary<string, long>();
        foreach (var thread in data.Threads)
            Add(thread.Tree.Root, "root");
        return result;

        void Add(CallNode node, string path)
        {
            foreach (var child in node.Children)
            {
                var inner = $"{path}/{data.Methods[child.Method].Name}";
                result[inner] = result.GetValueOrDefault(inner) + child.Calls;
                Add(child, inner);
            }
        }
    }
}
