namespace ProfilerWeaver.Tests;

/// <summary>Questions that a unit test asks about a profile.</summary>
sealed class QueryTests
{
    readonly Stats stats;

    public QueryTests()
    {
        var tree = new TreeBuilder();
        var (main, load, parse) = (tree.Method("Shop.Program.Main"), tree.Method("Shop.Repository.Load(string)"),
            tree.Method("Shop.Repository.Parse"));
        tree.Call(main, () =>
        {
            tree.Call(load, () => tree.Call(parse, () => tree.Now += 2));
            tree.Call(load, () => tree.Now += 1);
        });
        stats = new(tree.Build());
    }

    [Test]
    public void Calls_are_asked_by_name() =>
        Assert.That(stats["Repository.Load"].Calls, Is.EqualTo(2));

    [Test]
    public void Callers_and_callees_are_listed()
    {
        Assert.That(stats.Callers("Parse").Single(), Is.EqualTo(
            new CallEdge(stats["Load"].Label, stats["Parse"].Label, new Figures(1, 1, 2, 2) { SlowestTime = 2 })));
        Assert.That(stats.Callees("Main").Select(edge => (edge.Callee.Name, edge.Calls)),
            Is.EqualTo([("Shop.Repository.Load(string)", 2L)]));
        Assert.That(stats.Callers("Main"), Is.Empty);
        Assert.That(stats.Callees("Parse"), Is.Empty);
    }

    [Test]
    public void The_calls_between_two_methods_are_counted_even_if_there_are_none()
    {
        Assert.That(stats.Edge("Main", "Load").Calls, Is.EqualTo(2));
        Assert.That(stats.Edge("Main", "Parse").Calls, Is.Zero);
    }

    [Test]
    public void Rows_are_asked_with_Linq() =>
        Assert.That(stats.Where(row => row.TotalTimePerCall >= 0.5).Select(row => row.Name).Order(StringComparer.Ordinal),
            Is.EqualTo(["Shop.Repository.Load(string)", "Shop.Repository.Parse"]));

    [Test]
    public void A_method_that_was_not_called_is_not_found() =>
        Assert.That(stats.Find("Repository.Save"), Is.Null);

    [TestCase("Repository.Laod", "Did you mean Shop.Repository.Load?")]
    [TestCase("repository.load", "Did you mean Shop.Repository.Load?")]
    [TestCase("Mian", "Did you mean Shop.Program.Main?")]
    [TestCase("Something.Else.Entirely", "'Something.Else.Entirely'. If")]
    public void A_name_that_is_wrong_is_told_with_the_nearest_ones(string name, string hint)
    {
        foreach (var ask in new Func<object>[]
            { () => stats[name], () => stats.Callers(name), () => stats.Callees(name), () => stats.Edge("Main", name) })
            Assert.That(() => ask(), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains(hint));
    }
}
