using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Statistics;

/// <summary>What happened in some of a profile's scopes.</summary>
public class ScopedTreesTests
{
    readonly ProfileData profile = Requests();

    [Test]
    public void A_label_chooses_all_its_scopes() => Assert.That(Within("request"), Is.EqualTo("""
        request route=/orders 2 0/13
          Load 2 9/13
            Parse 1 4/4
        request route=/stock 1 0/8
          Load 1 8/8
            request route=/orders 1 0/0
        ---
        request route=/orders 1 32/32

        """));

    [Test]
    public void A_key_with_its_value_chooses_scopes_that_have_it() => Assert.That(Within("route=/orders"), Is.EqualTo("""
        request route=/orders 3 0/13
          Load 2 9/13
            Parse 1 4/4
        ---
        request route=/orders 1 32/32

        """));

    [Test]
    public void A_row_chooses_itself() => Assert.That(Within("request route=/stock"), Is.EqualTo("""
        request route=/stock 1 0/8
          Load 1 8/8
            request route=/orders 1 0/0

        """));

    [Test]
    public void The_table_is_that_of_what_is_left()
    {
        var stats = new Stats(profile).RestrictToScopes("route=/orders");

        Assert.That(stats["Load"].Calls, Is.EqualTo(2));
        Assert.That(stats["Load"].Callers.Single().Key.Name, Is.EqualTo("request route=/orders"));
        Assert.That(stats.TotalTime, Is.EqualTo(13 + 32));
        Assert.That(stats.Select(row => row.Name), Does.Not.Contain("Main"));
    }

    [Test]
    public void A_scope_that_is_not_there_is_an_error() => Assert.That(() => new Stats(profile).RestrictToScopes("route=/order"),
        Throws.InvalidOperationException.With.Message.EqualTo(
            "The profile has no scope \"route=/order\". It has \"request route=/orders\", \"request route=/stock\"."));

    string Within(string scope)
    {
        var stats = new Stats(profile).RestrictToScopes(scope);
        return ContextText.Of(stats.OnlyRecording!, "none");
    }

    static ProfileData Requests()
    {
        var tree = new TreeBuilder();
        var main = tree.Method("Main");
        var load = tree.Method("Load");
        var parse = tree.Method("Parse");
        var orders = tree.Method(new MethodLabel("scope", 0, "request route=/orders"));
        var stock = tree.Method(new MethodLabel("scope", 0, "request route=/stock"));
        tree.Call(main, () =>
        {
            tree.Now += 100;
            tree.Call(orders, () => tree.Call(load, () =>
            {
                tree.Now += 1;
                tree.Call(parse, () => tree.Now += 4);
            }));
            tree.Call(load, () => tree.Call(orders, () => tree.Call(load, () => tree.Now += 8)));
            tree.Call(stock, () => tree.Call(load, () =>
            {
                tree.Now += 8;
                tree.Call(orders, () => { });
            }));
        });
        tree.NextThread();
        tree.Call(orders, () => tree.Now += 32);
        return tree.Build();
    }
}
