namespace ProfilerWeaver.Tests;

sealed class SortKeyTests
{
    const string PrintDefinitions = """
        import pstats
        for word, (_, text) in sorted(pstats.Stats().get_sort_arg_defs().items()):
            print(word + ' ' + text)
        """;

    readonly Stats stats = new();

    [Test]
    public void Exactly_the_abbreviations_of_pstats_are_accepted_with_its_meaning()
    {
        var expected = CPython.Latest.Run(PrintDefinitions).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var beginnings = SortOrder.PstatsNames
            .SelectMany(name => Enumerable.Range(1, name.Key.Length).Select(length => name.Key[..length]))
            .Distinct();

        var accepted = beginnings
            .Where(word => SortOrder.TryParse(word, out _))
            .Order(StringComparer.Ordinal)
            .Select(word => $"{word} {stats.SortStats(word).SortDescription}");

        Assert.That(accepted, Is.EqualTo(expected));
    }

    [TestCase("c")]
    [TestCase("cum")]
    [TestCase("n")]
    [TestCase("t")]
    [TestCase("")]
    [TestCase("Calls")]
    [TestCase("callsign")]
    public void Other_words_are_refused_and_the_keys_are_listed(string word) =>
        Assert.That(() => stats.SortStats(word),
            Throws.ArgumentException.With.Message.Contains($"'{word}'").And.Message.Contains("cumulative"));

    [TestCase(-1, "standard name")]
    [TestCase(0, "call count")]
    [TestCase(1, "internal time")]
    [TestCase(2, "cumulative time")]
    public void The_numbers_of_old_profilers_are_accepted(int number, string description) =>
        Assert.That(stats.SortStats(number).SortDescription, Is.EqualTo(description));

    // CPython: test_sort_stats_enum, test_SortKey_enum.
    [TestCase(SortKey.Calls, "calls", "ncalls")]
    [TestCase(SortKey.Cumulative, "cumulative", "cumtime")]
    [TestCase(SortKey.FileName, "filename", "module")]
    [TestCase(SortKey.Line, "line", "line")]
    [TestCase(SortKey.Name, "name", "name")]
    [TestCase(SortKey.NameFileLine, "nfl", "nfl")]
    [TestCase(SortKey.PrimitiveCalls, "pcalls", "pcalls")]
    [TestCase(SortKey.StandardName, "stdname", "stdname")]
    [TestCase(SortKey.Time, "time", "tottime")]
    public void A_member_means_the_same_as_its_names(SortKey key, params string[] names) =>
        Assert.That(names.Select(name => stats.SortStats(name).SortDescription),
            Is.All.EqualTo(stats.SortStats(key).SortDescription));

    [Test]
    public void Other_numbers_are_refused() =>
        Assert.That(() => stats.SortStats(3), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Every_member_has_a_name_and_a_description([Values] SortKey key)
    {
        Assert.That(SortOrder.AllNames.Select(name => name.Value), Does.Contain(key));
        Assert.That(stats.SortStats(key, SortKey.Line).SortDescription, Does.EndWith(", line number"));
    }
}
