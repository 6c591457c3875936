namespace ProfilerWeaver.Tests;

/// <summary>Contexts, threads and what becomes of them in files.</summary>
sealed class CallTreeTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly TreeBuilder tree = new();
    readonly Stats stats;

    public CallTreeTests()
    {
        var (main, load, parse) = (tree.Method("Main"), tree.Method("Load"), tree.Method("Parse"));
        tree.Call(main, () =>
        {
            tree.Now += 1;
            tree.Call(parse, () => tree.Now += 10);
            tree.Call(load, () => tree.Call(parse, () => tree.Now += 80));
        });
        tree.NextThread("Worker");
        tree.Call(main, () => tree.Call(parse, () => tree.Now += 9));
        stats = new(tree.Build());
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void The_tree_tells_chains_of_callers_apart_and_adds_up_threads()
    {
        Assert.That(stats.Contexts.Select(context => $"{context}: {context.Calls} {context.TotalTime} {context.CumulativeTime}"),
            Is.EqualTo(
            [
                "Main: 2 1 100",
                "Main > Parse: 2 19 19",
                "Main > Load: 1 0 80",
                "Main > Load > Parse: 1 80 80",
            ]));
        var parse = stats.Contexts.Single(context => context is { Name: "Parse", Depth: 2 });
        Assert.That(parse.Caller!.Caller, Is.SameAs(stats.CallTree.Single()));
    }

    [Test]
    public void The_tree_is_printed_with_the_most_expensive_first() =>
        Assert.That(Print(new()), Is.EqualTo("""
                     6 function calls in 100.000 seconds

               Call tree, ordered by: cumulative time

               ncalls  tottime  percall  cumtime  percall filename:lineno(function)
                    2    1.000    0.500  100.000   50.000 src/Program.cs:1(Main)
                    1    0.000    0.000   80.000   80.000   src/Program.cs:2(Load)
                    1   80.000   80.000   80.000   80.000     src/Program.cs:3(Parse)
                    2   19.000    9.500   19.000    9.500   src/Program.cs:3(Parse)



            """));

    [Test]
    public void What_is_left_out_of_the_tree_is_told()
    {
        Assert.That(Lines(new() { Depth = 1 }), Is.EqualTo(["Main"]));
        Assert.That(Lines(new() { Limit = 1 }), Is.EqualTo(["Main", "Load", "Parse", "... and 1 more"]));
        Assert.That(Lines(new() { MinimumShare = 0.5 }), Is.EqualTo(["Main", "Load", "Parse", "... and 1 more"]));
        Assert.That(Lines(new() { Order = SortKey.Calls }), Is.EqualTo(["Main", "Parse", "Load", "Parse"]));

        string[] Lines(TreeOptions options) =>
        [
            .. Print(options).Split('\n').Skip(5).Where(line => line.Length > 0)
                .Select(line => line.Contains("...", StringComparison.Ordinal) ? line.Trim() : line[(line.IndexOf('(') + 1)..^1]),
        ];
    }

    [Test]
    public void Calls_that_the_recorder_had_no_room_for_are_told()
    {
        var cut = new Stats(new ProfileData
        {
            Methods = [new("a.cs", 1, "f")],
            Threads = [new(1, "", new TestNode { Method = -1, Children = [new() { Calls = 1, TruncatedCalls = 12 }] }.ToTree())],
            SecondsPerTick = 1,
        });
        using var output = new StringWriter { NewLine = "\n" };

        cut.PrintTree(output);

        Assert.That(cut.CallTree.Single().TruncatedCalls, Is.EqualTo(12));
        Assert.That(output.ToString(), Does.Contain(
            $" a.cs:1(f)\n{new string(' ', 48)}... and 12 calls for which the tree had no room\n"));
    }

    [Test]
    public void A_tree_of_any_depth_can_be_walked_and_printed()
    {
        const int depth = 50_000;
        var node = new TestNode { Method = 0, Calls = 1 };
        for (var i = 1; i < depth; i++)
            node = new TestNode { Method = 0, Calls = 1, Children = [node] };
        var deep = new Stats(new ProfileData
        {
            Methods = [new("a.cs", 1, "f")],
            Threads = [new(1, "", new TestNode { Method = -1, Children = [node] }.ToTree())],
            SecondsPerTick = 1,
        });

        Assert.That(deep.Contexts.Max(context => context.Depth), Is.EqualTo(depth - 1));
        using var output = new StringWriter();
        deep.PrintTree(output, new() { Depth = 5 });
        Assert.That(output.ToString(), Does.Contain("        a.cs:1(f)").And.Not.Contain("          a.cs:1(f)"));
    }

    [Test]
    public void Each_thread_has_statistics_of_its_own()
    {
        var threads = stats.Threads;

        Assert.That(threads.Select(thread => thread.ToString()), Is.EqualTo(["thread 1 (Worker)", "thread 2"]));
        Assert.That(threads.Select(thread => thread.Stats["Parse"].Calls), Is.EqualTo([2, 1]));
        Assert.That(threads[1].Stats.Contexts.Select(context => context.ToString()), Is.EqualTo(["Main", "Main > Parse"]));
        Assert.That(threads[0].Stats.TotalTime + threads[1].Stats.TotalTime, Is.EqualTo(stats.TotalTime));
    }

    [Test]
    public void Tree_threads_resumes_and_order_come_back_from_a_file()
    {
        var (first, second) = (folder.File("first.prof"), folder.File("second.prof"));
        var original = new Stats(RandomProfiles.Recording(7));

        original.DumpStats(first);
        new Stats(first).StripDirs().SortStats("calls").DumpStats(second);

        var (once, twice) = (new Stats(first), new Stats(second));
        Assert.That(once.Select(row => row.Resumes), Is.EqualTo(original.Select(row => row.Resumes)));
        Assert.That(once.Sum(row => row.Resumes), Is.Positive);
        Assert.That(Describe(once), Is.EqualTo(Describe(original)));
        Assert.That(TableText.Of(twice), Is.EqualTo(TableText.Of(original.StripDirs())));
        Assert.That(Describe(twice), Is.EqualTo(Describe(original)));
        Assert.That(twice.Threads, Has.Count.EqualTo(once.Threads.Count));

        static IEnumerable<string> Describe(Stats stats) =>
            stats.Contexts.Select(context => $"{context.Depth} {context.Label} {context.Figures}");
    }

    [Test]
    public void What_recording_added_is_taken_off_the_tree_as_off_the_rows()
    {
        var file = folder.File("app.prof");
        var recording = tree.Build() with { Overhead = new RecordingOverhead(2, 3) };
        ProfFile.Write(recording, file);

        foreach (var compensated in new[] { new Stats(recording), new Stats(file) })
        {
            Assert.That(compensated.Contexts.Sum(context => context.TotalTime), Is.EqualTo(compensated.TotalTime));
            Assert.That(compensated.TotalTime, Is.LessThan(stats.TotalTime));
        }
    }

    [Test]
    public void Statistics_without_a_recording_say_that_they_have_no_tree()
    {
        var table = new Stats(RandomProfiles.Rows(1));

        Assert.That(() => table.CallTree, Throws.InvalidOperationException.With.Message.Contains("only a table"));
        Assert.That(() => new Stats(RandomProfiles.Recording(1)).Add(table).Threads, Throws.InvalidOperationException);
        Assert.That(new Stats().CallTree, Is.Empty);
    }

    [Test]
    public void Damage_behind_the_table_is_told_and_the_table_read()
    {
        var file = folder.File("cut.prof");
        stats.DumpStats(file);
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..^5]);

        var cut = new Stats(file);

        Assert.That(TableText.Of(cut), Is.EqualTo(TableText.Of(stats)));
        Assert.That(cut.Damage.Single().File, Is.EqualTo(file));
        Assert.That(() => cut.PrintTree(TextWriter.Null), Throws.TypeOf<InvalidProfileException>());
    }

    string Print(TreeOptions options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        stats.PrintTree(output, options);
        return output.ToString();
    }
}
