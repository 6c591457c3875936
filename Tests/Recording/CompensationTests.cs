namespace ProfilerWeaver.Tests.Recording;

/// <summary>What recording adds is taken off where it was added.</summary>
public class CompensationTests
{
    static readonly RecordingOverhead Overhead = new(CallTicks: 20, LeastTicks: 10);
    static readonly RecordingOverhead Sampled = new(CallTicks: 9, LeastTicks: 3) { IsSampled = true };

    [Test]
    public void A_long_call_keeps_its_time_and_its_caller_loses_the_overhead()
    {
        var profile = Profile(Node(0, calls: 1, self: 500, Node(1, calls: 10, self: 3000)));

        var rows = FlatProfile.From(profile);

        Assert.That(Times(rows), Is.EqualTo(new[] { ("Caller", 300.0, 3300.0), ("Callee", 3000.0, 3000.0) }));
    }

    [Test]
    public void A_call_too_short_to_measure_loses_most_of_what_was_measured()
    {
        var rows = FlatProfile.From(Profile(Node(0, calls: 1, self: 500, Node(1, calls: 10, self: 100))));

        Assert.That(Times(rows), Is.EqualTo(new[] { ("Caller", 375.0, 400.0), ("Callee", 25.0, 25.0) }));
    }

    [Test]
    public void No_time_becomes_negative()
    {
        var rows = FlatProfile.From(Profile(Node(0, calls: 1, self: 50, Node(1, calls: 10, self: 3000))));

        Assert.That(Times(rows), Is.EqualTo(new[] { ("Caller", 0.0, 3000.0), ("Callee", 3000.0, 3000.0) }));
    }

    [Test]
    public void Of_sampled_times_each_call_takes_its_part_off_the_method_and_the_rest_off_its_caller()
    {
        var profile = Profile(Node(0, calls: 1, self: 500, Node(1, calls: 10, self: 100))) with { Overhead = Sampled };

        Assert.That(Times(FlatProfile.From(profile)), Is.EqualTo(new[] { ("Caller", 437.0, 507.0), ("Callee", 70.0, 70.0) }));
    }

    [Test]
    public void What_a_sampled_context_has_too_little_another_one_of_the_method_makes_up_for()
    {
        var profile = Profile(Node(0, calls: 1, self: 500, Node(1, calls: 10, self: 0), Node(2, calls: 1, self: 3, Node(1, calls: 10, self: 100))))
            with
        { Overhead = Sampled };

        var rows = FlatProfile.From(profile).ToDictionary(row => row.Name, row => (row.TotalTime, row.CumulativeTime));

        Assert.That(rows["Callee"], Is.EqualTo((40.0, 40.0)));
        Assert.That(rows["Other"], Is.EqualTo((0.0, 10.0)), "less than nothing is nothing");
    }

    [Test]
    public void Counts_and_shape_stay()
    {
        var raw = Profile(Node(0, calls: 3, self: 500, Node(1, calls: 10, self: 3000)));

        var compensated = raw.Compensated();

        Assert.That(FlatProfile.From(compensated).Select(row => (row.Label, row.Figures.Calls)),
            Is.EqualTo(FlatProfile.From(raw).Select(row => (row.Label, row.Figures.Calls))));
        Assert.That(compensated.Overhead, Is.EqualTo(RecordingOverhead.None));
    }

    [Test]
    public void Raw_times_are_one_switch_away()
    {
        var raw = Profile(Node(0, calls: 1, self: 500, Node(1, calls: 10, self: 3000))) with { Compensate = false };

        Assert.That(Times(FlatProfile.From(raw)), Is.EqualTo(new[] { ("Caller", 500.0, 3500.0), ("Callee", 3000.0, 3000.0) }));
    }

    [Test]
    public void The_file_keeps_the_raw_times_and_the_overhead()
    {
        var raw = Profile(Node(0, calls: 1, self: 500, Node(1, calls: 10, self: 3000)));
        using var stream = new MemoryStream();
        ProfFile.Write(raw, stream);
        stream.Position = 0;

        var read = ProfFile.Read(stream);

        Assert.That(Times(read.Rows), Is.EqualTo(Times(FlatProfile.From(raw))), "what pstats reads");
        Assert.That(read.Recording!.Overhead, Is.EqualTo(Overhead));
        Assert.That(Times(FlatProfile.From(read.Recording with { Compensate = false })),
            Is.EqualTo(Times(FlatProfile.From(raw with { Compensate = false }))));
    }

    [Test]
    public void A_call_that_has_not_ended_has_no_time()
    {
        var root = Node(0, calls: 0, self: 0, Node(1, calls: 10, self: 3000)) with { CumulativeTicks = 0 };

        Assert.That(Times(FlatProfile.From(Profile(root))), Is.EqualTo(new[] { ("Callee", 3000.0, 3000.0) }));
    }

    static ProfileData Profile(TestNode node) => new()
    {
        Methods = [new("A.cs", 1, "Caller"), new("A.cs", 2, "Callee"), new("A.cs", 3, "Other")],
        Threads = [new(1, "", new TestNode { Method = -1, Children = [node] }.ToTree())],
        SecondsPerTick = 1,
        Overhead = Overhead,
    };

    static TestNode Node(int method, long calls, long self, params TestNode[] children) => new()
    {
        Method = method,
        Calls = calls,
        SelfTicks = self,
        CumulativeTicks = self + children.Sum(child => child.CumulativeTicks),
        Children = children,
    };

    static IEnumerable<(string, double, double)> Times(IEnumerable<MethodStats> rows) =>
        rows.Select(row => (row.Label.Name, row.Figures.TotalTime, row.Figures.CumulativeTime));
}
