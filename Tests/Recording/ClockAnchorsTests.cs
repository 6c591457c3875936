namespace ProfilerWeaver.Tests.Recording;

/// <summary>The processor's counter is trusted, then verified: against the monotonic clock, whenever something other than a call looks
/// at it.</summary>
public class ClockAnchorsTests
{
    const long Second = 1_000_000_000;
    const long Frequency = 2_000_000_000;

    [Test]
    public void A_steady_counter_is_steady_and_its_tick_is_that_of_the_whole_time()
    {
        var anchors = new ClockAnchors(Second);
        for (var i = 0; i < 1000; i++)
            anchors.Add(i * Second / 100, 77 + i * Frequency / 100 + i % 3 * 40, 60);

        var (tick, isSteady) = anchors.Compare();

        Assert.That(tick, Is.EqualTo(1.0 / Frequency).Within(1e-6).Percent);
        Assert.That(isSteady, Is.True);
    }

    [TestCase(0, Description = "stands still")]
    [TestCase(-1, Description = "runs backwards")]
    [TestCase(0.9, Description = "slow")]
    [TestCase(1.01, Description = "fast")]
    [TestCase(3, Description = "jumps")]
    public void A_stretch_at_another_rate_is_found_and_does_not_spoil_the_rest(double rate)
    {
        var anchors = new ClockAnchors(Second);
        var counter = 1e12;
        for (var i = 0; i < 100; i++)
        {
            anchors.Add(i * Second / 10, (long)counter, 60);
            counter += Frequency / 10.0 * (i is > 40 and < 60 ? rate : 1);
        }

        var (tick, isSteady) = anchors.Compare();

        Assert.That(isSteady, Is.False);
        Assert.That(tick, Is.EqualTo(1.0 / Frequency).Within(1e-6).Percent);
    }

    [Test]
    public void Short_stretches_may_differ_by_what_reading_two_clocks_takes()
    {
        var anchors = new ClockAnchors(Second);
        long[] late = [0, 20_000, 0, 40_000, 0];
        for (var i = 0; i < 500; i++)
            anchors.Add(i * 1_000_000, i * (Frequency / 1000) + late[i % late.Length], 60);

        Assert.That(anchors.Compare().IsSteady, Is.True);
    }

    // As on a machine that runs a hundred threads on two processors.
    [TestCase(8_000_000, true)]
    [TestCase(60, false)]
    public void Two_clocks_that_were_not_read_at_once_may_differ_by_what_reading_them_took(long width, bool isSteady)
    {
        var anchors = new ClockAnchors(Second);
        for (var i = 0; i < 100; i++)
            anchors.Add(i * Second / 10, i * (Frequency / 10) + (i == 50 ? 3_900_000 : 0), i == 50 ? width : 60);

        Assert.That(anchors.Compare().IsSteady, Is.EqualTo(isSteady));
    }

    [Test]
    public void A_machine_that_was_suspended_with_both_clocks_is_steady()
    {
        var anchors = new ClockAnchors(Second);
        anchors.Add(0, 0, 0);
        anchors.Add(Second, Frequency, 0);
        anchors.Add(3600 * Second, 3600 * Frequency, 0);

        Assert.That(anchors.Compare(), Is.EqualTo((1.0 / Frequency, true)));
    }

    [Test]
    public void Without_two_instants_there_is_nothing_to_compare()
    {
        var anchors = new ClockAnchors(Second);
        Assert.That(anchors.Compare(), Is.EqualTo((0.0, true)));

        anchors.Add(Second, 5, 0);
        anchors.Add(Second, 7, 0);
        Assert.That(anchors.Compare(), Is.EqualTo((0.0, true)));
    }
}
