namespace ProfilerWeaver.Tests;

sealed class CallTreeColumnsTests
{
    [Test]
    public void Each_context_is_entered_before_and_left_after_its_children()
    {
        var tree = Node(0, Node(1, Node(2), Node(3)), Node(4)).ToTree();

        Assert.That(TreeSteps.Of(tree), Is.EqualTo("+0 +1 +2 -2 +3 -3 -1 +4 -4 -0"));
        Assert.That(TreeSteps.DepthOf(tree), Is.EqualTo(2));
    }

    [Test]
    public void Contexts_are_numbered_in_preorder_and_know_their_children()
    {
        var tree = Node(0, Node(1, Node(2), Node(3)), Node(4)).ToTree();

        Assert.That(tree.Count, Is.EqualTo(5));
        Assert.That(Enumerable.Range(0, 5).Select(i => tree[i].Method), Is.EqualTo([0, 1, 2, 3, 4]));
        Assert.That(Enumerable.Range(0, 5).Select(i => string.Join(',', tree[i].Children.Select(child => child.Index))),
            Is.EqualTo(["1,4", "2,3", "", "", ""]));
        Assert.That(() => tree[5], Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Figures_stay_what_they_were_also_in_columns_that_grow([Values(1, 63, 64, 65, 1000)] int contexts)
    {
        var builder = new CallTreeColumns(capacity: 1);
        builder.Enter(-1, default);
        for (var i = 0; i < contexts; i++)
        {
            builder.Enter(i, new()
            {
                Calls = i,
                SelfTicks = -i,
                CumulativeTicks = 2 * i,
                Resumes = i % 7 == 3 ? i : 0,
                RecursiveCalls = i % 90 == 80 ? i : 0,
                TruncatedCalls = i == contexts - 1 ? i : 0
            });
            builder.Leave();
        }
        builder.Leave();
        var tree = builder.Build();

        foreach (var node in tree.Root.Children)
        {
            var i = node.Method;
            Assert.That((node.Calls, node.SelfTicks, node.CumulativeTicks, node.Resumes, node.RecursiveCalls, node.TruncatedCalls),
                Is.EqualTo(((long)i, -(long)i, 2L * i, i % 7 == 3 ? i : 0L, i % 90 == 80 ? i : 0L, i == contexts - 1 ? i : 0L)));
        }
        Assert.That(tree.Root.Children.Count(), Is.EqualTo(contexts));
    }

    [Test]
    public void Times_that_are_sums_and_those_that_are_not_stay_what_they_were([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var root = RandomTree(random, depth: 0);
        var expected = root.SelfAndDescendants().Select(node => (node.Calls, node.SelfTicks, node.CumulativeTicks)).ToList();

        var tree = root.ToTree();
        var turned = tree.WithTimes(
            [.. expected.Select(figures => figures.CumulativeTicks)], [.. expected.Select(figures => figures.SelfTicks)]);

        var contexts = Enumerable.Range(0, tree.Count).ToList();
        Assert.That(contexts.Select(i => (tree[i].Calls, tree[i].SelfTicks, tree[i].CumulativeTicks)), Is.EqualTo(expected));
        Assert.That(contexts.Select(i => (turned[i].Calls, turned[i].CumulativeTicks, turned[i].SelfTicks)), Is.EqualTo(expected));
    }

    [Test]
    public void A_copied_tree_has_all_figures_of_the_contexts([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var tops = Enumerable.Range(0, 3).Select(_ => PlainTree(random, random.Next(1, 6), depth: 0)).ToArray();
        var expected = new TestNode { Method = -1, Children = tops }.ToTree();
        var copies = new CallTreeColumns(capacity: 1);
        copies.Enter(-1, default);
        foreach (var top in tops)
        {
            var tree = new TestNode { Method = -1, Children = [top] }.ToTree().Columns;
            Assert.That(tree.IsPlain(1));
            copies.Copy(tree, 1);
        }
        copies.Leave();
        var copied = copies.Build();

        Assert.That(TreeSteps.Of(copied), Is.EqualTo(TreeSteps.Of(expected)));
        Assert.That(Figures(copied), Is.EqualTo(Figures(expected)));

        static IEnumerable<ContextFigures> Figures(CallTree tree) => Enumerable.Range(0, tree.Count).Select(tree.Columns.FiguresOf);
    }

    // Some of the rare figures are in some trees, and of any size.
    static TestNode PlainTree(Random random, int kinds, int depth)
    {
        var children = Enumerable.Range(0, random.Next(depth < 8 ? 4 : 1)).Select(_ => PlainTree(random, kinds, depth + 1)).ToArray();
        var self = random.Next(100);
        return new()
        {
            Method = depth,
            Calls = random.Next(50) == 0 ? random.NextInt64() : random.Next(),
            SelfTicks = self,
            CumulativeTicks = self + children.Sum(child => child.CumulativeTicks),
            RecursiveCalls = random.Next(kinds) == 1 ? random.Next() : 0,
            Resumes = random.Next(kinds) == 2 ? random.Next() : 0,
            TruncatedCalls = random.Next(kinds) == 3 ? random.Next() : 0,
            Samples = random.Next(kinds) == 4 ? random.Next() : 0,
            SlowestTicks = kinds == 1 ? 0 : random.Next(5) == 0 ? random.NextInt64() : random.Next(-1, 5),
            Occurrence = kinds == 2 ? default : new(random.Next(3), 1, random.NextInt64()),
            Children = children,
        };
    }

    // Mostly what calls give: few ticks, and a cumulative time that is the sum of the own times below.
    static TestNode RandomTree(Random random, int depth)
    {
        var children = Enumerable.Range(0, random.Next(depth < 8 ? 4 : 1)).Select(_ => RandomTree(random, depth + 1)).ToArray();
        var self = Rarely() ? Any() : random.Next(100);
        var sum = children.Aggregate(self, (total, child) => unchecked(total + child.CumulativeTicks));
        return new()
        {
            Method = depth,
            Calls = Rarely() ? Any() : random.Next(),
            SelfTicks = self,
            CumulativeTicks = Rarely() ? Any() : sum,
            Children = children,
        };

        bool Rarely() => random.Next(6) == 0;

        long Any() => random.NextInt64(long.MinValue, long.MaxValue);
    }

    static TestNode Node(int method, params TestNode[] children) => new() { Method = method, Children = children };
}
