namespace ProfilerWeaver.Tests.Differences;

/// <summary>Medians, their intervals and the test of Mann and Whitney.</summary>
public class TimeTests
{
    [TestCase(new[] { 1.0, 2, 3, 4 }, new[] { 5.0, 6, 7, 8 }, 2.0 / 70)]
    [TestCase(new[] { 1.0, 2, 3 }, new[] { 4.0, 5, 6 }, 2.0 / 20)]
    [TestCase(new[] { 1.0, 3, 5 }, new[] { 2.0, 4, 6 }, 0.7)]
    [TestCase(new[] { 1.0, 1, 1 }, new[] { 1.0, 1, 1 }, 1.0)]
    [TestCase(new[] { 1.0, 1, 2, 2 }, new[] { 2.0, 3, 3, 3 }, 6.0 / 70)]
    public void The_probability_is_exact(double[] before, double[] after, double expected)
    {
        Assert.That(MannWhitney.Probability(before, after), Is.EqualTo(expected).Within(1e-12));
        Assert.That(MannWhitney.Probability(after, before), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void The_probability_is_that_of_all_ways_to_choose([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 9).Select(_ => (double)random.Next(12)).ToArray();
        var (left, right) = (values[..4], values[4..]);
        double U(IEnumerable<double> one, IEnumerable<double> other) =>
            one.Sum(a => other.Sum(b => a > b ? 1 : a == b ? 0.5 : 0));

        var seen = Math.Abs(U(left, right) - 10);
        var ways = Enumerable.Range(0, 1 << 9).Where(mask => int.PopCount(mask) == 4).ToArray();
        var far = ways.Count(mask => Math.Abs(U(values.Where((_, i) => (mask >> i & 1) != 0), values.Where((_, i) => (mask >> i & 1) == 0)) - 10) >= seen);

        Assert.That(MannWhitney.Probability(left, right), Is.EqualTo((double)far / ways.Length).Within(1e-12));
    }

    [Test]
    public void Many_runs_are_compared_by_the_normal_distribution()
    {
        var (left, right) = (Enumerable.Range(0, 40).Select(i => (double)i).ToArray(), Enumerable.Range(0, 40).Select(i => i + 8.5).ToArray());

        // U is 496: erfc((|496 - 800| - 0.5) / sqrt(40 * 40 * 81 / 12) / sqrt(2)).
        Assert.That(MannWhitney.Probability(left, right), Is.EqualTo(0.0034954859).Within(1e-6));
        Assert.That(MannWhitney.Probability(left, left), Is.EqualTo(1).Within(0.01));
    }

    [TestCase(5, 0, 0)]
    [TestCase(6, 1, 6)]
    [TestCase(8, 1, 8)]
    [TestCase(9, 2, 8)]
    [TestCase(20, 6, 15)]
    public void The_interval_of_a_median_has_the_ranks_of_the_binomial_distribution(int runs, int least, int most)
    {
        var times = new RunTimes([.. Enumerable.Range(1, runs).Reverse().Select(i => (double)i)]);

        Assert.That(times.Interval, Is.EqualTo(least == 0 ? ((double, double)?)null : (least, most)));
        Assert.That(times.Median, Is.EqualTo((runs + 1) / 2.0));
    }

    [Test]
    public void One_run_is_no_verdict()
    {
        var change = new TimeChange(new([1.0]), new([2.0, 2.1, 2.2]));

        Assert.That(change.CanBeTested, Is.False);
        Assert.That(change.IsSignificant, Is.False);
    }
}
