namespace ProfilerWeaver.Tests;

sealed class FlatProfileAgainstEngineTests
{
    [Test]
    public void Rows_and_callers_of_random_programs_are_those_of_the_engine([Range(0, 7)] int seed)
    {
        var random = new Random(seed);
        for (var program = 0; program < 500; program++)
            Compare(random, threads: 1 + program % 3, $"seed {seed}, program {program}");
    }

    static void Compare(Random random, int threads, string description)
    {
        var methodCount = random.Next(1, 7);
        var tree = new TreeBuilder();
        for (var i = 0; i < methodCount; i++)
            tree.Method($"M{i}");
        var engines = new List<LsprofEngine>();
        for (var thread = 0; thread < threads; thread++)
        {
            engines.Add(Run(random, methodCount, tree));
            if (thread < threads - 1)
                tree.NextThread();
        }

        var rows = FlatProfile.From(tree.Build());

        var methods = Sum(engines.Select(engine => engine.Results().Methods));
        // CPython does not report pairs of which one was never left.
        var edges = Sum(engines.Select(engine => engine.Results().Edges))
            .Where(edge => methods.ContainsKey(edge.Key.Item1) && methods.ContainsKey(edge.Key.Item2));
        var actualMethods = rows.ToDictionary(row => Index(row.Label), row => row.Figures);
        var actualEdges = rows
            .SelectMany(row => row.Callers.Select(caller => ((Index(caller.Key), Index(row.Label)), caller.Value)))
            .ToDictionary();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actualMethods, Is.EquivalentTo(methods), description);
            Assert.That(actualEdges, Is.EquivalentTo(edges), description);
        }
    }

    /// <summary>The same random events for the engine and the tree; half of the programs end with open calls.</summary>
    static LsprofEngine Run(Random random, int methodCount, TreeBuilder tree)
    {
        var engine = new LsprofEngine();
        var events = random.Next(0, 120);
        var depthBias = random.Next(35, 65);
        for (var i = 0; i < events; i++)
        {
            engine.Now = tree.Now += random.Next(0, 50);
            if (random.Next(100) < depthBias)
            {
                var method = random.Next(methodCount);
                engine.Enter(method);
                tree.Enter(method);
            }
            else
            {
                engine.Leave();
                tree.Leave();
            }
        }
        if (random.Next(2) == 0)
        {
            while (engine.Depth > 0)
            {
                engine.Leave();
                tree.Leave();
            }
        }
        return engine;
    }

    static Dictionary<TKey, Figures> Sum<TKey>(IEnumerable<Dictionary<TKey, Figures>> parts)
        where TKey : notnull =>
        parts.SelectMany(part => part)
            .GroupBy(pair => pair.Key)
            .ToDictionary(same => same.Key, same => same.Aggregate(default(Figures), (sum, next) => sum + next.Value));

    static int Index(MethodLabel label) => label.Line - 1;
}
