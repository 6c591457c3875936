using System.Text;

namespace ProfilerWeaver.Tests.Statistics;

/// <summary>Labels of scopes with keys and values, as text and back.</summary>
public class ScopeNameTests
{
    [TestCase("request route=/orders/{id} kind=odd", "request", "route", "/orders/{id}", "kind", "odd")]
    [TestCase("request user=\"Ann Lee\"", "request", "user", "Ann Lee")]
    [TestCase("request query=\"a=1\" none=\"\"", "request", "query", "a=1", "none", "")]
    [TestCase(@"load path=""C:\\data \""new\""""", "load", "path", "C:\\data \"new\"")]
    [TestCase(@"load text=""two\u000alines""", "load", "text", "two\nlines")]
    [TestCase("load \"odd key\"=1", "load", "odd key", "1")]
    [TestCase("GET /orders", "GET /orders")]
    [TestCase("GET /orders?sort=name", "GET /orders?sort=name")]
    [TestCase("select a = b", "select a = b")]
    [TestCase("", "")]
    public void Keys_and_values_are_part_of_the_name(string name, string label, params string[] pairs)
    {
        var all = pairs.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();

        var parsed = ScopeName.Parse(name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ScopeName.Of(label, all), Is.EqualTo(name));
            Assert.That(parsed.Label, Is.EqualTo(label));
            Assert.That(parsed.Pairs.Select(pair => (pair.Key, pair.Value)), Is.EqualTo(all));
        }
    }

    [Test]
    public void Whatever_they_are_they_come_back([Range(1, 50)] int seed)
    {
        const string Units = "ab/{} =\"\\\n\t\u2028é,\u0001u0";
        var random = new Random(seed);
        var pairs = Enumerable.Range(0, 20).Select(_ => (Text(1), Text(0))).ToArray();

        var parsed = ScopeName.Parse(ScopeName.Of("a label", pairs));

        Assert.That(parsed.Label, Is.EqualTo("a label"));
        Assert.That(parsed.Pairs.Select(pair => (pair.Key, pair.Value)), Is.EqualTo(pairs));

        string Text(int least)
        {
            var text = new StringBuilder();
            for (var length = random.Next(least, 8); length > 0; length--)
                text.Append(Units[random.Next(Units.Length)]);
            return text.ToString();
        }
    }
}
