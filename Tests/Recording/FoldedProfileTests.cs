namespace ProfilerWeaver.Tests.Recording;

/// <summary>Recordings that were folded say what they said apart.</summary>
public class FoldedProfileTests
{
    [Test]
    public void The_table_is_that_of_all_recordings_apart([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, 6).Select(i => new MethodLabel("a.cs", i, "M" + i)).ToArray();
        var parts = Enumerable.Range(0, random.Next(17, 60)).Select(_ => (ProfileSource)new ReadyProfile(Recording(random, labels, isEqual: seed % 3 == 0))).ToList();
        var finished = new FinishedRecordings();
        parts.ForEach(finished.Add);

        Assert.That(finished.Parts, Has.Count.EqualTo(FinishedRecordings.Most));
        var (apart, folded) = (CombinedProfile.Of(parts).ToData(), CombinedProfile.Of(finished.Parts).ToData());
        Assert.That(RowsOf(folded).Except(RowsOf(apart)), Is.Empty);
        Assert.That(PathsOf(folded).Except(PathsOf(apart)), Is.Empty);
        Assert.That((folded.Duration, folded.StartedUtc, folded.JitTime, folded.InterruptedCalls, folded.SecondsPerTick, folded.Overhead),
            Is.EqualTo((apart.Duration, apart.StartedUtc, apart.JitTime, apart.InterruptedCalls, apart.SecondsPerTick, apart.Overhead)));
    }

    [Test]
    public void What_recording_adds_is_that_of_the_last_one_that_knows_it()
    {
        var overhead = new RecordingOverhead(5, 2);
        ProfileSource Part(RecordingOverhead known) => new ReadyProfile(new() { Methods = [], Threads = [], SecondsPerTick = 1, Overhead = known });

        var all = CombinedProfile.Of([Part(new(7, 1)), Part(overhead), Part(RecordingOverhead.None)]);

        Assert.That(all.Facts.Overhead, Is.EqualTo(overhead));
    }

    static ProfileData Recording(Random random, MethodLabel[] labels, bool isEqual)
    {
        var methods = labels.OrderBy(_ => random.Next()).Take(random.Next(1, labels.Length + 1)).ToList();
        if (isEqual)
            methods.AddRange(methods.Where(_ => random.Next(2) == 0).ToList());
        return new()
        {
            Methods = methods,
            Threads = [.. Enumerable.Range(1, random.Next(0, 4)).Select(id => new ThreadTree(id, random.Next(2) == 0 ? "" : "T" + random.Next(2), Tree(random, methods.Count, 4))
            {
                Truncated = random.Next(3) == 0 ? Tree(random, methods.Count, 2) : null,
            })],
            SecondsPerTick = 1e-6,
            Duration = TimeSpan.FromSeconds(random.Next(5)),
            JitTime = TimeSpan.FromSeconds(random.Next(5)),
            StartedUtc = new(2026, 1, 1, 0, 0, random.Next(60), DateTimeKind.Utc),
            Overhead = RecordingOverhead.None,
        };
    }

    static CallTree Tree(Random random, int methods, int depth)
    {
        var builder = new CallTreeColumns();
        builder.Enter(-1, default);
        Children(depth);
        builder.Leave();
        return builder.Build();

        void Children(int levels)
        {
            if (levels == 0)
                return;
            foreach (var method in Enumerable.Range(0, methods).OrderBy(_ => random.Next()).Take(random.Next(4)))
            {
                var figures = new ContextFigures
                {
                    Calls = random.Next(5),
                    SelfTicks = random.Next(100),
                    CumulativeTicks = random.Next(1000),
                    SlowestTicks = random.Next(10) == 0 ? -1 : random.Next(100),
                    Resumes = random.Next(3) == 0 ? random.Next(5) : 0,
                    Samples = random.Next(3) == 0 ? random.Next(5) : 0,
                    TruncatedCalls = random.Next(3) == 0 ? random.Next(5) : 0,
                };
                if (method % 2 == 0 && random.Next(2) == 0)
                {
                    var waiting = random.Next(50);
                    figures.Async = new() { WaitingTicks = waiting, ElapsedTicks = waiting + random.Next(10), OpenCalls = random.Next(3), ResumesElsewhere = random.Next(3) };
                }
                builder.Enter(method, figures);
                Children(levels - 1);
                builder.Leave();
            }
        }
    }

    static string[] RowsOf(ProfileData profile) => [.. FlatProfile.From(profile)
        .SelectMany(row => row.Callers.Select(caller => Text($"{caller.Key} > {row.Label}", caller.Value)).Append(Text(row.Label.ToString(), row.Figures))).Order()];

    static string Text(string name, Figures of) =>
        $"{name} {of.Calls}/{of.PrimitiveCalls} {of.TotalTime:F6} {of.CumulativeTime:F6} {of.Resumes} {of.Samples} {of.ElapsedTime:F6} {of.WaitingTime:F6} {of.OpenCalls} {of.SlowestTime:F6}";

    static string[] PathsOf(ProfileData profile)
    {
        var sums = new Dictionary<string, ContextFigures>();
        foreach (var thread in profile.Threads)
        {
            Add(thread.Tree.Columns, "tree");
            if (thread.Truncated is { } truncated)
                Add(truncated.Columns, "truncated");
        }
        return [.. sums.Select(pair => $"{pair.Key}: {pair.Value.Calls} {pair.Value.Resumes} {pair.Value.SelfTicks} {pair.Value.CumulativeTicks} {pair.Value.Samples} " +
            $"{pair.Value.TruncatedCalls} {pair.Value.SlowestTicks} {pair.Value.Async.ElapsedTicks} {pair.Value.Async.WaitingTicks} {pair.Value.Async.OpenCalls} {pair.Value.Async.ResumesElsewhere}").Order()];

        void Add(ContextColumns columns, string root)
        {
            var path = new Stack<(string Name, int End)>();
            for (var i = 0; i < columns.Count; i++)
            {
                while (path.Count > 0 && path.Peek().End <= i)
                    path.Pop();
                var name = i == 0 ? root : $"{path.Peek().Name}/{profile.Methods[columns.MethodOf(i)]}";
                sums.TryGetValue(name, out var sum);
                sum.Add(columns.FiguresOf(i));
                sums[name] = sum;
                path.Push((name, columns.EndOf(i)));
            }
        }
    }
}
