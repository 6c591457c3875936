using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Statistics;

/// <summary>Profiles without the time in which threads waited.</summary>
public class BlockingWaitsTests
{
    [Test]
    public void Callers_lose_it_and_callees_keep_theirs()
    {
        var stats = new Stats(Program());

        stats.LeaveOutWaits();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((stats["Main"].TotalTime, stats["Main"].CumulativeTime), Is.EqualTo((1, 1 + 2 + 4)));
            Assert.That((stats["Load"].TotalTime, stats["Load"].CumulativeTime), Is.EqualTo((2, 2)));
            Assert.That((stats["Sleep"].Calls, stats["Sleep"].TotalTime, stats["Sleep"].CumulativeTime), Is.EqualTo((2, 0, 0)));
            Assert.That((stats["Wait"].TotalTime, stats["Wait"].CumulativeTime), Is.EqualTo((0, 4)));
            Assert.That(stats["Callback"].TotalTime, Is.EqualTo(4));
            Assert.That(stats.TotalTime, Is.EqualTo(1 + 2 + 4));
            Assert.That(stats.RunText, Does.EndWith(", 3500.000 s of blocking waits left out"));
        }
    }

    [TestCase("System.Threading.Thread.Sleep", true)]
    [TestCase("System.Threading.Tasks.Task.Result", true)]
    [TestCase("System.Threading.Thread.Start", false)]
    public void They_are_those_of_a_list(string name, bool isWait) =>
        Assert.That(BlockingWaits.Is(MethodLabel.External(name)), Is.EqualTo(isWait));

    [Test]
    public void A_method_of_the_program_is_none() =>
        Assert.That(BlockingWaits.Is(new("Thread.cs", 1, "<System.Threading.Thread.Sleep>")), Is.False);

    // The names that the weaver gives: each type and member of the list is one of .NET.
    [Test]
    public void All_of_them_are_recorded_under_these_names()
    {
        var profile = WovenAssembly.CSharp("Release").Profile("Scenarios.Waits", "All", builtins: true);

        var waits = profile.Methods.Where(label => BlockingWaits.Is(label)).Select(label => label.Name.Split('.')[^1].TrimEnd('>'));
        Assert.That(waits, Is.EquivalentTo(new[]
        {
            "Sleep", "Join", "Wait", "WaitAll", "Result", "GetResult", "GetResult", "GetResult", "WaitOne", "Enter", "Wait", "EnterScope",
            "EnterReadLock", "Wait", "Wait", "Add", "Take",
        }));
    }

    static ProfileData Program()
    {
        var tree = new TreeBuilder();
        var main = tree.Method("Main");
        var load = tree.Method("Load");
        var sleep = tree.Method(MethodLabel.External("System.Threading.Thread.Sleep"));
        var wait = tree.Method(MethodLabel.External("System.Threading.Tasks.Task.Wait"));
        var callback = tree.Method("Callback");
        tree.Call(main, () =>
        {
            tree.Now += 1;
            tree.Call(load, () =>
            {
                tree.Now += 2;
                tree.Call(sleep, () => tree.Now += 1000);
            });
            tree.Call(sleep, () => tree.Now += 2000);
            tree.Call(wait, () =>
            {
                tree.Now += 500;
                tree.Call(callback, () => tree.Now += 4);
            });
        });
        return tree.Build();
    }
}
