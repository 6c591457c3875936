using System.Globalization;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What a recorded call costs, beside the least it could cost and beside what others cost.</summary>
sealed class SpeedTable
{
    const int WarmUps = 10;
    const int Rounds = 25;

    readonly List<Row> rows = [];
    readonly List<Target> targets = [];
    readonly Row limit;

    SpeedTable()
    {
        var workloads = Copies.OfWorkloads();
        limit = Add("two raw reads of the clock", (Nothing, RawReads.Of(Clock.Wall)), null);
        var empty = Add("empty static method", workloads.Method("Workloads.Calls", "Empty"), () => new Profile());
        Add("instance method, three arguments", workloads.Method("Workloads.Calls", "Instance"), () => new Profile());
        var four = Add("4 callees in turn", Copies.OfCallees(4).Method("Callees", "Run"), () => new Profile());
        var thousand = Add("1000 callees in turn", Copies.OfCallees(1000).Method("Callees", "Run"), () => new Profile());
        var fib = Add("fib(20)", workloads.Method("Workloads.Calls", "Fib"), () => new Profile());
        Add("exception through 10 frames, a frame", workloads.Method("Workloads.Calls", "Exceptions"), () => new Profile());
        Add("async method, completes at once", workloads.Method("Workloads.Resumable", "Synchronous"), () => new Profile());
        Add("async method, suspends once", workloads.Method("Workloads.Resumable", "Suspended"), () => new Profile());
        var scope = Add("scope, opened and closed", workloads.Method("Workloads.Scopes", "Opened"), () => new Profile());
        var idleScope = Add("scope, while nothing is recorded", workloads.Method("Workloads.Scopes", "Opened"), null);
        Add("iterator of 1000 items, an item", workloads.Method("Workloads.Resumable", "Items"), () => new Profile());
        Add("external call", workloads.Method("Workloads.Calls", "External"), () => new Profile());
        var flat = Add("flat (Subcalls=false)", workloads.Method("Workloads.Calls", "Empty"), () => new Profile(Clock.Wall, subcalls: false));
        var (plain, woven) = workloads.Method("Workloads.Calls", "Empty");
        var two = Add("two threads at once, a call of each", (plain, SecondThread.AtOnce(woven)), () => new Profile(), SecondThread.Wake);
        Add("two raw reads on each of two threads", (Nothing, SecondThread.AtOnce(RawReads.Of(Clock.Wall))), null, SecondThread.Wake);
        var disabled = Add("disabled", (plain, woven), null);
        var counts = Add("counts only (Clock.None)", (plain, woven), () => new Profile(Clock.None));
        var sampled = Add("sampled (Clock.Sampled)", (plain, woven), () => new Profile(Clock.Sampled));
        var sampledTwo = Add("two threads at once, sampled", (plain, SecondThread.AtOnce(woven)), () => new Profile(Clock.Sampled), SecondThread.Wake);

        var perClock = new List<(string Name, Row Limit, Row Empty)>();
        foreach (var clock in new[] { Clock.ThreadCpu, Clock.Allocations })
        {
            var reads = Add($"two raw reads, {clock.Name}", (Nothing, RawReads.Of(clock)), null);
            perClock.Add((clock.Name, reads, Add($"empty, {clock.Name}", (plain, woven), () => new Profile(clock))));
        }
        var stopwatch = Clock.MakeStopwatch();
        var stopwatchReads = Add("two raw reads, stopwatch", (Nothing, RawReads.Of(stopwatch)), null);
        perClock.Add(("stopwatch", stopwatchReads, Add("empty, stopwatch", (plain, woven), () => new Profile(stopwatch))));

        var byHand = Add("Stopwatch and try/finally by hand", (plain, workloads.Method("Workloads.ByOtherMeans", "Stopwatch").Unwoven), null);
        Add("GetTimestamp and try/finally by hand", (plain, workloads.Method("Workloads.ByOtherMeans", "Timestamps").Unwoven), null);
        var aspect = Add("AspectInjector, before and after", (plain, workloads.Method("Workloads.ByOtherMeans", "Aspect").Unwoven), null);
        var python = CProfileCost.Measure();

        targets.Add(new("empty method / two raw reads", () => empty.Added / limit.Profiled, 1.35));
        targets.Add(new("4 callees in turn / two raw reads", () => four.Added / limit.Profiled, 1.6));
        targets.Add(new("fib / two raw reads", () => fib.Added / limit.Profiled, 1.6));
        targets.Add(new("1000 callees in turn / two raw reads", () => thousand.Added / limit.Profiled, 2.2));
        targets.Add(new("two threads / one thread", () => two.Profiled / empty.Profiled, 1.1));
        foreach (var (name, reads, row) in perClock)
            targets.Add(new($"empty method / two raw reads, {name}", () => row.Added / reads.Profiled, 1.35));
        targets.Add(new("empty method / Stopwatch by hand", () => empty.Added / byHand.Added, 0.65));
        targets.Add(new("empty method / AspectInjector", () => empty.Added / aspect.Added, 0.5));
        if (python is { } cost)
            targets.Add(new($"empty method / cProfile ({cost:F0} ns)", () => empty.Added / cost, 0.2));
        targets.Add(new("disabled, ns", () => disabled.Added, 2));
        targets.Add(new("scope, ns", () => scope.Profiled, 100));
        targets.Add(new("scope while nothing is recorded, ns", () => idleScope.Profiled, 5));
        targets.Add(new("counts only, ns", () => counts.Added, 5));
        targets.Add(new("sampled, ns", () => sampled.Added, 5));
        targets.Add(new("two threads / one thread, sampled", () => sampledTwo.Profiled / sampled.Profiled, 1.1));
    }

    /// <summary>Measures and prints everything.</summary>
    /// <returns>Whether all targets hold.</returns>
    public static bool Print(TextWriter output)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine();
        var table = new SpeedTable();
        table.Measure();
        return table.Write(output);
    }

    static void Nothing(int calls)
    {
    }

    Row Add(string name, (Action<int> Unwoven, Action<int> Woven) workload, Func<Profile>? profile, Action? prepare = null)
    {
        var row = new Row(name, workload, profile, prepare);
        rows.Add(row);
        return row;
    }

    void Measure()
    {
        for (var pass = 0; pass < WarmUps; pass++)
        {
            foreach (var row in rows)
                row.WarmUp();
            Thread.Sleep(120);
        }
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var row in rows)
                row.Measure();
        }
    }

    bool Write(TextWriter output)
    {
        output.WriteLine(Line("ns a call", "unwoven", "profiled", "added", "/ limit"));
        foreach (var row in rows)
            output.WriteLine(Line(row.Name, F1(row.Plain), F1(row.Profiled), F1(row.Added), F2(row.Added / limit.Profiled)));
        output.WriteLine();
        output.WriteLine(Line("target", "measured", "at most", "", ""));
        var allHold = true;
        foreach (var target in targets)
        {
            var value = target.Value();
            allHold &= value <= target.AtMost;
            output.WriteLine(Line(target.Name, F2(value), F2(target.AtMost), value <= target.AtMost ? "holds" : "MISSED", ""));
        }
        return allHold;
    }

    static string Line(string name, string a, string b, string c, string d) => $"{name,-44}{a,10}{b,10}{c,10}{d,10}".TrimEnd();

    static string F1(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    static string F2(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    sealed record Target(string Name, Func<double> Value, double AtMost);
}
