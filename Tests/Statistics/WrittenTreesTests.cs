namespace ProfilerWeaver.Tests;

/// <summary>Trees of which contexts continue others, as a file may have them.</summary>
sealed class WrittenTreesTests
{
    [Test]
    public void What_continues_a_context_is_part_of_it_and_so_is_all_below()
    {
        var profile = Of(
            [new(0, 1, Key: 1), new(1, 10)],
            [new(2, 100), new(0, 1000, Continues: 1, Depth: 2), new(1, 10_000, Depth: 3), new(3, 100_000, Depth: 3)]);

        Assert.That(TextOf(profile), Is.EqualTo("""
            1: M0 1001/111011 M1 10010/10010 M3 100000/100000
            2: M2 100/100
            """));
        Assert.That(TextOf(profile.ByThread()), Is.EqualTo("""
            1: M0 1/11 M1 10/10
            2: M2 100/111100 M0 1000/111000 M1 10000/10000 M3 100000/100000
            """));
    }

    [Test]
    public void What_continues_a_context_that_is_nowhere_stays_where_it_is()
    {
        var profile = Of([new(0, 1, Key: 1)], [new(2, 100), new(0, 1000, Continues: 7, Depth: 2)]);

        Assert.That(TextOf(profile), Is.EqualTo("1: M0 1/1\n2: M2 100/1100 M0 1000/1000"));
    }

    [Test]
    public void A_thread_that_only_continued_others_has_no_tree_but_counts()
    {
        var profile = Of([new(0, 1, Key: 1)], [new(0, 1000, Continues: 1)]);

        Assert.That(TextOf(profile), Is.EqualTo("1: M0 1001/1001"));
        Assert.That(profile.ThreadCount, Is.EqualTo(2));
    }

    [Test]
    public void Contexts_that_continue_each_other_are_refused() => Assert.That(
        () => Of([new(0, 1, Continues: 2), new(1, 2, Key: 1, Depth: 2)], [new(0, 1, Continues: 1), new(1, 2, Key: 2, Depth: 2)]),
        Throws.TypeOf<InvalidDataException>());

    static ProfileData Of(params Context[][] threads) => new ProfileData
    {
        Methods = [.. Enumerable.Range(0, 4).Select(i => new MethodLabel("A.cs", i, $"M{i}"))],
        Threads = [],
        SecondsPerTick = 1,
    }.WithRecorded([.. threads.Select((contexts, i) => new ThreadTree(i + 1, "", Tree(contexts)))]);

    static CallTree Tree(Context[] contexts)
    {
        var columns = new CallTreeColumns();
        columns.Enter(-1, default);
        var depth = 0;
        for (var i = 0; i < contexts.Length; i++)
        {
            for (var at = contexts[i].Depth ?? i + 1; depth >= at; depth--)
                columns.Leave();
            columns.Enter(contexts[i].Method, new()
            {
                SelfTicks = contexts[i].Self,
                CumulativeTicks = contexts[i].Self + contexts.Skip(i + 1)
                    .TakeWhile(below => (below.Depth ?? int.MaxValue) > (contexts[i].Depth ?? i + 1)).Sum(below => below.Self),
                Async = new() { Key = contexts[i].Key, Continues = contexts[i].Continues },
            });
            depth++;
        }
        for (; depth >= 0; depth--)
            columns.Leave();
        return columns.Build();
    }

    static string TextOf(ProfileData profile) => string.Join('\n', profile.Threads.Select(thread => $"{thread.Id}: " + string.Join(' ',
        Enumerable.Range(1, thread.Tree.Count - 1).Select(i => thread.Tree[i])
            .Select(node => $"M{node.Method} {node.SelfTicks}/{node.CumulativeTicks}"))));

    /// <summary>A context, below the one before unless a depth is given.</summary>
    sealed record Context(int Method, long Self, int Key = 0, int Continues = 0, int? Depth = null);
}
