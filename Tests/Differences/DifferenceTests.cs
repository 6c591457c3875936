namespace ProfilerWeaver.Tests.Differences;

/// <summary>The causes of a difference, and what is told besides.</summary>
public class DifferenceTests
{
    [Test]
    public void Fifteen_queries_instead_of_one_are_one_cause_at_the_right_caller()
    {
        var difference = Between(Shop(queries: 1), Shop(queries: 15));

        Assert.That(difference.Causes.Select(Text), Is.EqualTo(["Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (50 → 750 calls)"]));
        Assert.That(difference.Causes[0].Followers, Is.EquivalentTo(new Dictionary<string, (long, long)>
        {
            ["Shop.Row.Read"] = (150, 2250),
            ["{Db.Command.Execute}"] = (50, 750),
        }));
    }

    [Test]
    public void Twice_the_requests_are_a_change_of_the_requests_alone() =>
        Assert.That(Between(Shop(requests: 50), Shop(requests: 100)).Causes.Select(Text),
            Is.EqualTo(["Shop.Api.GetOrder: 50 → 100 per Shop.Program.Main (50 → 100 calls)"]));

    [Test]
    public void What_is_done_once_however_often_its_caller_is_called_has_not_changed()
    {
        var (before, after) = (new TreeText().Add(10, "Get").Add(1, "Get", "Init").Build(), new TreeText().Add(20, "Get").Add(1, "Get", "Init").Build());

        Assert.That(Between(before, after).Causes.Select(cause => cause.Method), Is.EqualTo(["Get"]));
    }

    [Test]
    public void A_helper_that_is_called_by_more_of_one_caller_is_no_cause()
    {
        // Parse calls Read ten times below A and never below B: its ratio over all contexts changes, and in none of them.
        var before = new TreeText().Add(1, "A").Add(1, "A", "Parse").Add(10, "A", "Parse", "Read").Add(1, "B").Add(1, "B", "Parse").Build();
        var after = new TreeText().Add(5, "A").Add(5, "A", "Parse").Add(50, "A", "Parse", "Read").Add(1, "B").Add(1, "B", "Parse").Build();

        Assert.That(Between(before, after).Causes.Select(Text), Is.EqualTo(["A: 1 → 5 calls from outside"]));
    }

    [Test]
    public void Calls_that_moved_renamed_methods_new_ones_and_gone_ones_are_told_apart()
    {
        var before = new TreeText().Add(1, "Main").Add(3, "Main", "Old").Add(6, "Main", "Old", "Leaf").Add(2, "Main", "Parse")
            .Add(1, "Main", "Other").Add(1, "Main", "Dropped").Build();
        var after = new TreeText().Add(1, "Main").Add(3, "Main", "New").Add(6, "Main", "New", "Leaf").Add(1, "Main", "Other")
            .Add(2, "Main", "Other", "Parse").Add(7, "Main", "Fresh").Build();

        var difference = Between(before, after);

        Assert.That(difference.Renamed, Is.EqualTo(new Dictionary<string, string> { ["Old"] = "New" }));
        Assert.That(difference.Moves, Is.EqualTo([new MovedCalls("Parse", "Main", "Other", 2)]));
        Assert.That(difference.Methods.Where(method => method.IsAdded).Select(method => method.Name), Is.EqualTo(["Fresh"]));
        Assert.That(difference.Methods.Where(method => method.IsGone).Select(method => method.Name), Is.EqualTo(["Dropped"]));
        Assert.That(difference.Causes.Select(Text), Is.EqualTo(
            ["Fresh: 0 → 7 per Main (0 → 7 calls)", "Dropped: 1 → 0 per Main (1 → 0 calls)"]));
    }

    [Test]
    public void A_method_that_was_extracted_is_new_and_what_it_calls_has_moved()
    {
        var before = new TreeText().Add(4, "Main").Add(8, "Main", "Save").Add(16, "Main", "Save", "Write").Build();
        var after = new TreeText().Add(4, "Main").Add(4, "Main", "All").Add(8, "Main", "All", "Save").Add(16, "Main", "All", "Save", "Write").Build();

        Assert.That(Between(before, after).Causes.Select(Text), Is.EqualTo(["All: 0 → 1 per Main (0 → 4 calls)"]));
        Assert.That(Between(before, after).Moves, Is.EqualTo([new MovedCalls("Save", "Main", "All", 8)]));
        Assert.That(Between(after, before).Moves, Is.EqualTo([new MovedCalls("Save", "All", "Main", 8)]));
    }

    [Test]
    public void Files_of_another_folder_are_the_same_and_another_file_is_told()
    {
        var before = new TreeText("/home/a/src/Main.cs", "/home/a/src/Shop/Load.cs").Add(1, "Main").Add(1, "Main", "Load").Build();
        var built = new TreeText("/ci/build/src/Main.cs", "/ci/build/src/Shop/Load.cs").Add(1, "Main").Add(1, "Main", "Load").Build();
        var moved = new TreeText("/home/a/src/Main.cs", "/home/a/src/Data/Load.cs").Add(1, "Main").Add(1, "Main", "Load").Build();

        Assert.That(Between(before, built).Methods.Where(method => method.Files is not null), Is.Empty);
        Assert.That(Between(before, moved).Methods.Single(method => method.Files is not null).Files, Is.EqualTo(("Shop/Load.cs", "Data/Load.cs")));
    }

    [Test]
    public void Counts_that_differ_within_a_side_are_unstable_and_a_cause_only_if_the_sides_do_not_overlap()
    {
        var difference = ProfileDifference.Between([Run(3), Run(5)], [Run(4), Run(5)]);
        var apart = ProfileDifference.Between([Run(3), Run(5)], [Run(7), Run(7)]);

        Assert.That(difference.Causes, Is.Empty);
        Assert.That(difference.Methods.Where(method => !method.IsStable).Select(method => method.Name), Is.EqualTo(["Hash"]));
        Assert.That(apart.Causes.Select(cause => (cause.Method, cause.IsStable)), Is.EqualTo([("Hash", false)]));

        static Stats Run(int calls) => new(new TreeText().Add(1, "Main").Add(calls, "Main", "Hash").Build());
    }

    [Test]
    public void Without_trees_the_callers_tell_the_cause()
    {
        var difference = ProfileDifference.Between([Table(Shop(queries: 1))], [Table(Shop(queries: 15))]);

        Assert.That(difference.HasTree, Is.False);
        Assert.That(difference.Causes.Select(Text), Is.EqualTo(["Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (50 → 750 calls)"]));
        Assert.That(difference.Causes[0].Followers.Keys, Is.EquivalentTo(new[] { "Shop.Row.Read", "{Db.Command.Execute}" }));

        static Stats Table(ProfileData profile) => new(FlatProfile.From(profile));
    }

    /// <summary>A program that loads the parts of orders.</summary>
    internal static ProfileData Shop(int queries = 1, int requests = 50) => new TreeText()
        .Add(1, "Shop.Program.Main")
        .Add(requests, "Shop.Program.Main", "Shop.Api.GetOrder")
        .Add(requests * queries, "Shop.Program.Main", "Shop.Api.GetOrder", "Shop.Repository.Load")
        .Add(requests * queries, "Shop.Program.Main", "Shop.Api.GetOrder", "Shop.Repository.Load", "{Db.Command.Execute}")
        .Add(requests * queries * 3, "Shop.Program.Main", "Shop.Api.GetOrder", "Shop.Repository.Load", "Shop.Row.Read")
        .Build();

    static ProfileDifference Between(ProfileData before, ProfileData after) => ProfileDifference.Between([new(before)], [new(after)]);

    static string Text(CallChange cause) => CallText.Of(cause);
}
