using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>What the user can leave out.</summary>
public class FilterTests
{
    const string Order = "Scenarios.Naming.Order";

    [Test]
    public void Include_weaves_only_what_it_names()
    {
        var report = WeavingInMemory.Weave(new() { Include = [Order + ".Load*"] });

        Assert.That(report.Woven.Select(method => method.Name), Is.EquivalentTo(new[]
        {
            Order + ".Load(string)", Order + ".Load(string[],ref int,List<int?>)", Order + ".LoadAsync",
            Order + ".LoadAsync.<lambda>", Order + ".LoadAsync.Inner", Order + ".LoadAsync.Deeper",
        }));
        Assert.That(report.Skipped.Select(method => method.Reason), Has.Some.EqualTo("not in Include"));
    }

    [Test]
    public void A_type_or_namespace_stands_for_all_in_it() =>
        Assert.That(WeavingInMemory.Weave(new() { Include = ["Scenarios.Naming"] }).Woven.Select(method => method.Name),
            Is.Not.Empty.And.All.StartsWith("Scenarios.Naming."));

    [Test]
    public void Exclude_wins_over_Include()
    {
        var report = WeavingInMemory.Weave(new() { Include = [Order], Exclude = [Order + ".*Load*", Order + ".*operator*"] });

        Assert.That(report.Woven.Select(method => method.Name), Has.None.Contains("Load").And.None.Contains("operator"));
        Assert.That(report.NamesOf(Order), Has.Some.EqualTo("Twice"));
    }

    [Test]
    public void A_question_mark_stands_for_one_character() =>
        Assert.That(WeavingInMemory.Weave(new() { Include = [Order + ".Sam?<T>"] }).NamesOf(Order), Is.EqualTo(new[] { "Same<T>" }));

    [Test]
    public void A_pattern_that_matches_nothing_is_a_warning()
    {
        var report = WeavingInMemory.Weave(new() { Include = ["Scenarios"], Exclude = ["Scenarios.Nobody"] });

        Assert.That(report.Warnings, Has.Count.EqualTo(1).And.One.Contains("\"Scenarios.Nobody\" of Exclude matches no method"));
    }

    [Test]
    public void NoProfile_covers_everything_inside()
    {
        var report = WeavingInMemory.Weave(new());

        Assert.That(report.NamesOf("Scenarios.Naming.Unprofiled"), Is.Empty);
        Assert.That(report.NamesOf("Scenarios.Naming.PartlyProfiled"), Is.EquivalentTo(new[] { "Count", "PartlyProfiled" }));
        Assert.That(report.Skipped.Count(method => method.Reason == "marked with [NoProfile]"), Is.GreaterThanOrEqualTo(8));
    }

    [Test]
    public void MinimumInstructions_leaves_small_methods_out()
    {
        var names = WeavingInMemory.Weave(new() { MinimumInstructions = 5 }).NamesOf(Order).ToList();

        Assert.That(names, Has.None.EqualTo("Total").And.None.EqualTo("Same<T>").And.Some.EqualTo("operator +"));
    }

    [Test]
    public void CompilerGenerated_leaves_out_what_has_no_source_but_not_lambdas()
    {
        var report = WeavingInMemory.Weave(new() { CompilerGenerated = false });

        Assert.That(report.NamesOf(Order), Has.None.EqualTo("Total").And.Some.EqualTo("LoadAsync.<lambda>").And.Some.EqualTo("Twice"));
        Assert.That(report.NamesOf("Scenarios.Naming.Point"), Has.None.EqualTo("ToString"));
        Assert.That(WeavingInMemory.Weave(new()).NamesOf("Scenarios.Naming.Point"), Has.Some.EqualTo("ToString"));
    }

    [Test]
    public void The_report_lists_every_method_with_its_row_or_the_reason()
    {
        var report = WeavingInMemory.Weave(new());
        var text = new StringWriter();
        report.WriteTo(text);

        Assert.That(text.ToString().Split(text.NewLine), Has.Length.EqualTo(1 + report.Woven.Count + report.Skipped.Count + 1));
        Assert.That(text.ToString(), Does.Contain("skipped  marked with [NoProfile]    System.Int32 Scenarios.Naming.Unprofiled::get_Value()"));
        Assert.That(text.ToString(), Does.Contain($"woven    {Order}.Twice    System.Int32 {Order}::get_Twice()"));
    }
}
