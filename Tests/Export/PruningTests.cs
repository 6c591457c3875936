namespace ProfilerWeaver.Tests.Export;

/// <summary>Limiting the number of contexts.</summary>
sealed class PruningTests
{
    // Main calls Hot and Cold; both call Leaf, Cold also by way of Middle.
    static ProfileData Small()
    {
        var tree = new TreeBuilder();
        var (main, hot, cold, leaf) = (tree.Method("Main"), tree.Method("Hot"), tree.Method("Cold"), tree.Method("Leaf"));
        var middle = tree.Method("Middle");
        tree.Call(main, () =>
        {
            tree.Now += 1;
            tree.Call(hot, () =>
            {
                tree.Now += 100;
                tree.Call(leaf, () => tree.Now += 50);
            });
            tree.Call(cold, () =>
            {
                tree.Now += 10;
                tree.Call(leaf, () => tree.Now += 6);
                tree.Call(middle, () => tree.Call(leaf, () => tree.Now += 4));
            });
        });
        return tree.Build(1e-9);
    }

    [TestCase(7, "Main 1;Main;Hot 100;Main;Hot;Leaf 50;Main;Cold 10;Main;Cold;Leaf 6;Main;Cold;Middle;Leaf 4")]
    [TestCase(6, "Main 1;Main;(pruned);Hot 100;Main;(pruned);Leaf 60;Main;(pruned);Cold 10")]
    [TestCase(3, "(pruned) 11;(pruned);Hot 100;(pruned);Leaf 60")]
    [TestCase(1, "(pruned) 171")]
    public void The_heaviest_contexts_stay_and_the_others_are_put_together_below_them(int most, string expected) =>
        Assert.That(Exported.Text(Small(), new CollapsedWriter(), new() { MaxNodes = most }).TrimEnd().Replace('\n', ';'), Is.EqualTo(expected));

    [TestCase(4, "Main 1;Main;Hot 100;Main;Hot;Leaf 50;Main;Cold 10;Main;Cold;Leaf 6;Main;Cold;Middle;Leaf 4")]
    [TestCase(3, "Main 1;Main;(pruned);Hot 100;Main;(pruned);Leaf 60;Main;(pruned);Cold 10")]
    public void What_is_too_deep_is_put_together_above_it(int most, string expected) =>
        Assert.That(Exported.Text(Small(), new CollapsedWriter(), new() { MaxDepth = most }).TrimEnd().Replace('\n', ';'), Is.EqualTo(expected));

    [Test]
    public void Depth_and_number_are_limited_together([Values(30, 200)] int most, [Values(3, 8)] int depth, [Range(0, 5)] int seed)
    {
        var stats = new Stats(RandomProfiles.Recording(seed));
        var whole = new ExportedProfile(stats, new());
        var pruned = new ExportedProfile(stats, new() { MaxNodes = most, MaxDepth = depth });

        Assert.That(Sums(pruned, _ => ""), Is.EqualTo(Sums(whole, _ => "")));
        Assert.That(pruned.Threads.Sum(thread => thread.Tree.Count - 1), Is.LessThanOrEqualTo(Math.Max(most, pruned.Threads.Count)));
        Assert.That(TreePruning.IsDeeper(pruned.Threads, depth), Is.False);
    }

    [Test]
    public void Totals_and_methods_stay_what_they_were([Values(1, 7, 30, 200, 100_000)] int most, [Range(0, 5)] int seed)
    {
        var profile = RandomProfiles.Recording(seed);
        var whole = new ExportedProfile(new Stats(profile), new());
        var pruned = new ExportedProfile(new Stats(profile), new() { MaxNodes = most });

        Assert.That(Sums(pruned, _ => ""), Is.EqualTo(Sums(whole, _ => "")));
        Assert.That(pruned.Threads.Sum(thread => thread.Tree.Count - 1), Is.LessThanOrEqualTo(Math.Max(most, pruned.Threads.Count)));
        if (most >= 200)
            Assert.That(Sums(pruned, label => label.ToString()), Is.EqualTo(Sums(whole, label => label.ToString())));
    }

    static Dictionary<string, (long, long, long)> Sums(ExportedProfile profile, Func<MethodLabel, string> key)
    {
        var sums = new Dictionary<string, (long, long, long)>();
        foreach (var thread in profile.Threads)
        {
            for (var i = 1; i < thread.Tree.Count; i++)
            {
                var node = thread.Tree[i];
                var name = key(profile.Methods[node.Method]);
                var (calls, ticks, resumes) = sums.GetValueOrDefault(name);
                sums[name] = (calls + node.Calls, ticks + node.SelfTicks, resumes + node.Resumes);
            }
        }
        sums.Remove("{(pruned)}");
        return sums;
    }
}
