using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Calls of methods outside the woven assemblies are rows of their own.</summary>
[NonParallelizable]
[TestFixture("Debug")]
[TestFixture("Release")]
public class BuiltinsTests(string configuration)
{
    const string Type = "Scenarios.Builtins";

    readonly WovenAssembly scenarios = WovenAssembly.CSharp(configuration);

    [Test]
    public void Every_shape_of_a_call_is_recorded()
    {
        var calls = FlatProfile.From(scenarios.Profile(Type, "Shapes", builtins: true))
            .Where(row => row.Label.IsExternal).ToDictionary(row => row.Label.ToString(), row => row.Figures.Calls);

        Assert.That(calls, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["{System.Text.StringBuilder.StringBuilder}"] = 1,
            ["{System.Text.StringBuilder.Append}"] = 2,
            ["{System.Text.StringBuilder.Length}"] = 1,
            ["{System.Math.Max}"] = 2,
            ["{System.Object.GetHashCode}"] = 1,
            ["{System.Object.ToString}"] = 1,
            ["{System.Int32.ToString}"] = 1,
            ["{System.Globalization.CultureInfo.InvariantCulture}"] = 1,
            ["{System.DateTime.DateTime}"] = 1,
            ["{System.TimeSpan.FromDays}"] = 1,
            ["{System.DateTime.operator +}"] = 1,
            ["{System.Collections.Generic.List.List}"] = 1,
            ["{System.Collections.Generic.List.Add}"] = 1,
            ["{System.Collections.Generic.List.this[]}"] = 1,
            ["{System.Collections.Generic.List.this[]=}"] = 1,
        }));
    }

    [Test]
    public void A_call_that_throws_ends_where_the_exception_is_caught_or_leaves_the_method() => Expect("Throwing", """
        <System.Globalization.CultureInfo.InvariantCulture> 2/2 0 0
          < Leaves 1/1 0 0
          < Throwing 1/1 0 0
        <System.Int32.Parse> 2/2 0 0
          < Leaves 1/1 0 0
          < Throwing 1/1 0 0
        Leaf 3/3 3 3
          < Leaves 1/1 1 1
          < Throwing 2/2 2 2
        Leaves 1/1 0 1
          < Throwing 1/1 0 1
        Throwing 1/1 0 3

        """);

    [Test]
    public void What_an_external_method_calls_back_nests_under_it_and_a_delegate_is_not_external() => Expect("CallsBack", """
        <System.Array.Exists> 1/1 0 20
          < CallsBack 1/1 0 20
        <System.Runtime.CompilerServices.RuntimeHelpers.InitializeArray> 1/1 0 0
          < CallsBack 1/1 0 0
        CallsBack 1/1 0 22
        IsTwo 2/2 20 20
          < <System.Array.Exists> 2/2 20 20
        Leaf 2/2 2 2
          < CallsBack 2/2 2 2

        """);

    [Test]
    public void A_constructor_is_measured_from_before_the_base_call() => Expect("Constructor", """
        <System.Exception.Exception> 1/1 0 0
          < Derived.Derived 1/1 0 0
        <System.Globalization.CultureInfo.InvariantCulture> 1/1 0 0
          < Derived.Text 1/1 0 0
        <System.Int32.ToString> 1/1 0 0
          < Derived.Text 1/1 0 0
        <System.String.Concat> 1/1 0 0
          < Derived.Derived 1/1 0 0
        Constructor 1/1 0 0
        Derived.Derived 1/1 0 0
          < Constructor 1/1 0 0
        Derived.Text 1/1 0 0
          < Derived.Derived 1/1 0 0

        """);

    [Test]
    public void A_profile_can_leave_them_out_at_run_time()
    {
        var rows = FlatProfile.From(scenarios.Profile(Type, "Throwing", builtins: false));

        Assert.That(rows.Select(row => row.Label.IsExternal), Is.All.False);
    }

    void Expect(string method, string expected) => Assert.That(
        ProfileText.Of(scenarios.Profile(Type, method, builtins: true), Type + "."), Is.EqualTo(expected));
}
