using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>Rows are called as the user wrote the members.</summary>
[TestFixture("Debug")]
[TestFixture("Release")]
public class CSharpNamesTests(string configuration)
{
    [Test]
    public void Every_kind_of_member_is_called_as_it_is_written()
    {
        var report = WeavingInMemory.Weave(new(), configuration);

        Assert.That(report.NamesOf("Scenarios.Naming.Order"), Is.EquivalentTo(new[]
        {
            "static Order", "Order()", "Order(int)", "~Order",
            "Total", "Total=", "Twice", "Changed+=", "Changed-=", "changed+=", "changed-=", "this[]", "this[]=",
            "operator +", "operator checked +", "operator +=", "operator checked +=", "ISum<Order>.operator -",
            "implicit operator int", "explicit operator string", "explicit operator byte", "explicit operator checked byte",
            "IDisposable.Dispose", "IEnumerable<int>.GetEnumerator", "IEnumerable.GetEnumerator",
            "Same<T>", "Load(string)", "Load(string[],ref int,List<int?>)",
            "LoadAsync", "LoadAsync.<lambda>", "LoadAsync.Inner", "LoadAsync.Deeper", "Apply",
            "TwoOnALine", "TwoOnALine.<lambda>", "TwoOnALine.<lambda>#2", "AsyncLambda", "AsyncLambda.<lambda>",
            "Cache<TKey,TValue>.Entry.Get<TOther>", "Cache<TKey,TValue>.Cache", "Cache<TKey,TValue>.Entry.Entry",
        }));
    }

    [Test]
    public void Members_of_extension_blocks_are_called_as_they_are_written() =>
        Assert.That(WeavingInMemory.Weave(new(), configuration).NamesOf("Scenarios.Naming.Orders"), Is.EquivalentTo(new[]
        {
            "Thrice", "Thrice=", "Plus", "operator *",
        }));

    [Test]
    public void No_two_methods_share_a_row()
    {
        var names = WeavingInMemory.Weave(new(), configuration).Woven.Select(method => method.Name).ToList();

        Assert.That(names.Where(name => name.Contains("Naming", StringComparison.Ordinal)), Is.Unique);
    }

    [Test]
    public void No_row_bears_a_name_of_the_compiler() =>
        Assert.That(WeavingInMemory.Weave(new(), configuration).Woven.Select(method => method.Name), Has.None.Match(
            @"<>|DisplayClass|MoveNext|b__|g__|\|\d|<Main>|\bget_|\bset_|\bop_|\.ctor|\.cctor"));
}
