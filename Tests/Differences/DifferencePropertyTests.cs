namespace ProfilerWeaver.Tests.Differences;

/// <summary>What holds of the difference of any two profiles.</summary>
public class DifferencePropertyTests
{
    const int Methods = 12;

    [Test]
    public void What_was_before_plus_the_difference_is_what_is_now([Range(1, 40)] int seed)
    {
        var (before, after) = (RandomProfiles.Recording(seed), RandomProfiles.Recording(seed + 1000));

        var tree = ProfileDifference.Between([new(before)], [new(after)]).Tree!;

        var sums = Paths(tree, context => tree.FiguresOf(context, 0).Calls + Difference(tree, context).Calls);
        var ticks = Paths(tree, context => Ticks(tree.FiguresOf(context, 0)) + Difference(tree, context).Ticks);
        Assert.That(sums.Where(pair => pair.Value != 0), Is.EquivalentTo(Paths(after, context => context.Calls).Where(pair => pair.Value != 0)));
        Assert.That(ticks.Where(pair => pair.Value != 0), Is.EquivalentTo(
            Paths(after, context => Ticks(context.Figures)).Where(pair => pair.Value != 0)));
    }

    [Test]
    public void Profiles_are_not_different_from_themselves([Range(1, 20)] int seed)
    {
        var profile = RandomProfiles.Recording(seed);

        var difference = ProfileDifference.Between([new(profile)], [new(Reformatted(profile))]);

        Assert.That(difference.Causes, Is.Empty);
        Assert.That(difference.Renamed, Is.Empty);
        Assert.That(difference.Methods.Where(method => method.Before != method.After || method.IsAdded || method.IsGone), Is.Empty);
    }

    [Test]
    public void The_change_that_was_planted_is_the_first_cause_and_all_below_it_follows([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var root = RandomTree(random, 60);
        var contexts = root.SelfAndDescendants().Skip(1).ToArray();
        var planted = contexts[random.Next(contexts.Length)];
        var factor = random.Next(2, 20);
        // Something small changes besides.
        var other = contexts[random.Next(contexts.Length)];
        var path = new Dictionary<TestNode, TestNode>(ReferenceEqualityComparer.Instance);
        foreach (var node in root.SelfAndDescendants())
        {
            foreach (var child in node.Children)
                path[child] = node;
        }

        var after = Copy(root, 1);
        var causes = ProfileDifference.Between([new(Profile(root))], [new(Profile(after))]).Causes;

        Assert.That(causes[0].Method, Is.EqualTo(Name(planted)));
        Assert.That(causes[0].Caller, Is.EqualTo(path[planted] == root ? null : Name(path[planted])));
        Assert.That((causes[0].Before, causes[0].After), Is.EqualTo((planted.Calls, planted.Calls * factor)));
        Assert.That(causes[0].Followers.Values.Select(follower => (decimal)follower.After / follower.Before), Has.All.EqualTo(factor));
        Assert.That(causes.Skip(1).Select(cause => cause.Method), Is.EqualTo(new[] { "added" }));

        // No method is twice below the same one, so that each edge is one context.
        TestNode Copy(TestNode node, long times)
        {
            var own = ReferenceEquals(node, planted) ? times * factor : times;
            var children = node.Children.Select(child => Copy(child, own)).ToList();
            if (ReferenceEquals(node, other))
                children.Add(new() { Method = Methods * 100, Calls = 1 });
            return node with { Calls = node.Calls * own, Children = children };
        }
    }

    static (long Calls, long Ticks) Difference(ComparedTree tree, int context)
    {
        var (before, after) = (tree.FiguresOf(context, 0), tree.FiguresOf(context, 1));
        return (after.Calls - before.Calls, Ticks(after) - Ticks(before));
    }

    static long Ticks(Figures figures) => (long)Math.Round(figures.TotalTime * 1e6);

    static Dictionary<string, long> Paths(ComparedTree tree, Func<int, long> figure)
    {
        var paths = new Dictionary<int, string> { [ComparedTree.Root] = "" };
        foreach (var context in tree.Preorder().Skip(1))
            paths[context] = $"{paths[tree.CallerOf(context)]} > {tree.NameOf(context)}";
        return paths.Where(pair => pair.Key != ComparedTree.Root).ToDictionary(pair => pair.Value, pair => figure(pair.Key));
    }

    static Dictionary<string, long> Paths(ProfileData profile, Func<CallContext, long> figure)
    {
        var paths = new Dictionary<string, long>();
        foreach (var context in new Stats(profile).Contexts)
        {
            var path = "";
            for (var at = context; at is not null; at = at.Caller)
                path = $" > {MethodNames.Of(at.Label)}{path}";
            paths[path] = paths.GetValueOrDefault(path) + figure(context);
        }
        return paths;
    }

    static ProfileData Reformatted(ProfileData profile) => profile with
    {
        Methods = [.. profile.Methods.Select(label => label.IsExternal ? label : label with { Line = label.Line * 2 + 5 })],
    };

    static TestNode RandomTree(Random random, int contexts)
    {
        var children = new Dictionary<int, List<int>> { [0] = [] };
        for (var i = 1; i < contexts; i++)
        {
            children[random.Next(i)].Add(i);
            children[i] = [];
        }
        return Node(0);

        TestNode Node(int i) => new()
        {
            Method = i - 1,
            Calls = i == 0 ? 0 : random.Next(1, 8) + 5,
            Children = [.. children[i].Select(Node)],
        };
    }

    static ProfileData Profile(TestNode root) => new()
    {
        Methods = [.. Enumerable.Range(0, Methods * 100).Select(i => new MethodLabel("a.cs", i + 1, Name(i))), new("a.cs", 1, "added")],
        Threads = [new(1, "", root.ToTree())],
        SecondsPerTick = 1,
    };

    static string Name(TestNode node) => Name(node.Method);

    static string Name(int method) => $"Method{method}";
}
