using ProfilerWeaver.Tests.Differences;

namespace ProfilerWeaver.Tests.Gates;

/// <summary>Budgets: what a line may say, and what keeps to it.</summary>
public class BudgetTests
{
    static readonly GatedProfile Good = new(new Stats(DifferenceTests.Shop(queries: 1)));
    static readonly GatedProfile Bad = new(new Stats(DifferenceTests.Shop(queries: 15)));

    // What holds at one query per request, and does not at fifteen.
    [TestCase("Shop.Repository.Load = 1 per Shop.Api.GetOrder", "it is 15 (750 calls in 50).")]
    [TestCase("Repository.Load = 1 per Api.GetOrder", "it is 15 (750 calls in 50).")]
    [TestCase("{*Command.Execute} <= 3 per Api.*", "it is 15 (750 calls in 50).")]
    [TestCase("{Db.Command.Execute} < 51", "it is 750 calls.")]
    [TestCase("Row.Read = 3 per Shop.Api.GetOrder # below it, not by it", "it is 45 (2,250 calls in 50).")]
    [TestCase("Shop.Row.* <= 150", "it is 2,250 calls.")]
    [TestCase("calls <= 400", "it is 3,801 calls.")]
    [TestCase("calls <= 1.05 x baseline", "it is 12.63 x baseline: 3,801 calls, 301 before.")]
    [TestCase("calls(Shop.Repository.Load) = 1 x baseline", "it is 15 x baseline: 750 calls, 50 before.")]
    [TestCase("self(Shop.Row.Read) <= 3 min", "it is 2250 s. Times differ between machines and runs.")]
    [TestCase("total(Shop.Program.Main) <= 1000 s", "it is 3801 s. Times differ between machines and runs.")]
    [TestCase("total(Shop.Repository.Load) <= 1.5 x baseline", "it is 15 x baseline: 3750 s, 250.0 s before. Times differ between machines and runs.")]
    public void A_budget_holds_or_the_figure_is_told(string text, string reason)
    {
        var budget = Parse(text);

        Assert.That(Check(budget, Good), Is.Empty);
        Assert.That(Check(budget, Bad).Single().Message, Is.EqualTo($"{text.Split(" # ")[0]}: {reason}"));
    }

    [TestCase("Shop.Api.GetOrder = 50")]
    [TestCase("Shop.Api.GetOrder >= 50")]
    [TestCase("Shop.Api.GetOrder > 49.5")]
    [TestCase("Shop.Debug.Dump = 0")]
    [TestCase("Shop.Debug.* <= 3 per Shop.Api.GetOrder")]
    [TestCase("Shop.* no new methods")]
    public void It_holds(string text) => Assert.That(Check(Parse(text), Bad), Is.Empty);

    [Test]
    public void New_methods_are_told()
    {
        var profile = new GatedProfile(new Stats(new TreeText().Add(1, "Shop.Program.Main").Add(7, "Shop.Program.Main", "Shop.Cache.Find")
            .Add(1, "Shop.Program.Main", "Other.Thing").Build()));

        var finding = Check(Parse("Shop.* no new methods"), profile).Single();

        Assert.That(finding.Message, Is.EqualTo("Shop.* no new methods: 1 method is new."));
        Assert.That(finding.Details, Is.EqualTo(["7 calls of Shop.Cache.Find"]));
        Assert.That(finding.Method, Is.EqualTo(new MethodLabel("a.cs", 2, "Shop.Cache.Find")));
    }

    [Test]
    public void Scopes_have_budgets()
    {
        var profile = new GatedProfile(new Stats(new TreeText("scope").Add(4, "GET /orders/{id}").Add(4, "GET /orders/{id}", "Get")
            .Add(8, "GET /orders/{id}", "Get", "{Db.Execute}").Add(9, "{Db.Execute}").Build()));

        Assert.That(Check(Parse("""{*Execute} = 2 per scope "GET /orders/{id}" """), profile), Is.Empty);
        Assert.That(Check(Parse("""{*Execute} = 1 per scope "GET /orders/{id}" """), profile).Single().Message, Does.EndWith("it is 2 (8 calls in 4)."));
        Assert.That(Check(Parse("""{*Execute} = 1 per scope "GET /order" """), profile).Single().Message,
            Does.EndWith("""The profile has no scope "GET /order". It has "GET /orders/{id}"."""));
    }

    [Test]
    public void The_calls_that_are_too_many_are_shown_with_who_made_them()
    {
        var finding = Check(Parse("{Db.Command.Execute} = 1 per Shop.Api.GetOrder"), Bad).Single();

        Assert.That(finding.Details, Is.EqualTo(
            ["50× Shop.Api.GetOrder", "  750× Shop.Repository.Load", "    750× {Db.Command.Execute}  <--"]));
        Assert.That(finding.Method, Is.EqualTo(new MethodLabel("a.cs", 2, "Shop.Api.GetOrder")));
        Assert.That(finding.Source, Is.EqualTo(("profile.budgets", 1)));
    }

    [TestCase("Shop.Repositry.Load = 1", "The profile has no method 'Shop.Repositry.Load'. Did you mean Shop.Repository.Load? " +
        "If the name is correct, the method was not called, or is not woven.")]
    [TestCase("Repository.Load = 1 per Api.GetOrders", "The profile has no method 'Api.GetOrders'. Did you mean Shop.Api.GetOrder? " +
        "If the name is correct, the method was not called, or is not woven.")]
    [TestCase("{Db.Comand.Execute} = 1", "The profile has no method '{Db.Comand.Execute}'. Did you mean {Db.Command.Execute}? " +
        "If the name is correct, the method was not called, or is not woven.")]
    [TestCase("Db.Command.Execute = 1", "The profile has no method 'Db.Command.Execute'. Did you mean {Db.Command.Execute}? " +
        "If the name is correct, the method was not called, or is not woven.")]
    public void What_matches_nothing_is_a_finding_with_the_nearest_names(string text, string reason) =>
        Assert.That(Check(Parse(text), Good).Single().Message, Is.EqualTo($"{text}: {reason}"));

    [Test]
    public void A_name_that_may_be_several_is_a_finding()
    {
        var profile = new GatedProfile(new Stats(new TreeText().Add(1, "A.Load").Add(2, "B.Load").Add(1, "C.Save(int)").Add(1, "C.Save(string)").Build()));

        Assert.That(Check(Parse("Load = 1"), profile).Single().Message,
            Is.EqualTo("Load = 1: 'Load' may be A.Load or B.Load. Give more of the name, or put * before it to mean all of them."));
        Assert.That(Check(Parse("*Load = 3"), profile), Is.Empty);
        Assert.That(Check(Parse("C.Save = 2"), profile), Is.Empty, "overloads are meant by the name without parameters");
        Assert.That(Check(Parse("C.Save(int) = 1"), profile), Is.Empty);
    }

    [TestCase("Shop.Load == 1")]
    [TestCase("Shop.Load = one")]
    [TestCase("Shop.Load 1")]
    [TestCase("Shop.Load = 1 s")]
    [TestCase("total(Shop.Load) <= 2")]
    [TestCase("calls <= 3 per Shop.Get")]
    [TestCase("total(Shop.Load) <= 2 s per Shop.Get")]
    [TestCase("Shop.Load <= 2 parsecs")]
    public void What_is_no_budget_is_an_error_with_file_and_line(string text) => Assert.That(
        () => BudgetFile.Parse("profile.budgets", "# comment\n\n" + text + "\n"),
        Throws.TypeOf<FormatException>().With.Message.StartsWith($"profile.budgets(3): '{text}': ").And.Message.Contains("Expected for example"));

    [Test]
    public void Names_may_contain_what_compares()
    {
        var profile = new GatedProfile(new Stats(new TreeText().Add(3, "Shop.Map<K, V>.Add(K, V)").Add(2, "Shop.Money.operator <").Build()));

        Assert.That(Check(Parse("Shop.Map<K, V>.Add = 3"), profile), Is.Empty);
        Assert.That(Check(Parse("Shop.Money.operator < <= 2"), profile), Is.Empty);
        Assert.That(Check(Parse("Shop.Money.operator < <= 1"), profile), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_profile_that_is_only_a_table_has_the_calls_by_callers()
    {
        var table = new GatedProfile(new Stats(FlatProfile.From(DifferenceTests.Shop(queries: 15))));

        Assert.That(Check(Parse("Repository.Load = 15 per Api.GetOrder"), table), Is.Empty);
        Assert.That(Check(Parse("Repository.Load = 1 per Api.GetOrder"), table).Single().Details, Is.EqualTo(["750× by Shop.Api.GetOrder"]));
    }

    [Test]
    public void Every_run_must_keep_to_a_budget() => Assert.That(
        new BudgetCheck("profile.budgets", [Good, Bad], null).Check(Parse("Repository.Load = 1 per Api.GetOrder")).Findings, Has.Count.EqualTo(1));

    static Budget Parse(string text) => BudgetFile.Parse("profile.budgets", text).Single();

    static IReadOnlyList<Finding> Check(Budget budget, GatedProfile profile) =>
        new BudgetCheck("profile.budgets", [profile], new(Good.Calls, Good)).Check(budget).Findings;
}
