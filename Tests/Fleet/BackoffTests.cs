namespace ProfilerWeaver.Tests.Fleet;

/// <summary>How long is waited until something is sent again.</summary>
public class BackoffTests
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Test]
    public void Up_to_twice_as_long_each_time_and_never_longer_than_the_longest([Range(1, 20)] int seed)
    {
        var backoff = new Backoff(First, Longest, new Random(seed));

        for (var failure = 0; failure < 100; failure++)
        {
            var most = Math.Min(Longest.TotalSeconds, Math.Pow(2, failure));
            Assert.That(backoff.Next(null).TotalSeconds, Is.InRange(most / 2, most));
        }
        backoff.Reset();
        Assert.That(backoff.Next(null), Is.LessThanOrEqualTo(First));
    }

    [Test]
    public void Programs_that_fail_at_once_do_not_try_again_at_once() =>
        Assert.That(Enumerable.Range(1, 100).Select(seed => new Backoff(First, Longest, new Random(seed)).Next(null)).Distinct().Count(),
            Is.GreaterThan(95));

    [TestCase(7, 7)]
    [TestCase(100_000, 3600)]
    [TestCase(0, 0.5)]
    public void Never_less_than_a_server_asks_for_within_an_hour(int asked, double least)
    {
        var wait = new Backoff(First, Longest, new Random(7)).Next(TimeSpan.FromSeconds(asked));

        Assert.That(wait.TotalSeconds, Is.InRange(least, least + 1));
    }
}
