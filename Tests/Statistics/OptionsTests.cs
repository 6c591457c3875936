namespace ProfilerWeaver.Tests;

/// <summary>What <see cref="Stats"/> prints beyond pstats.</summary>
sealed class OptionsTests
{
    readonly TreeBuilder tree = new();

    [Test]
    public void Callers_are_ordered_and_limited()
    {
        var (work, callers) = (tree.Method("work"), new[] { tree.Method("a"), tree.Method("b"), tree.Method("c") });
        for (var i = 0; i < callers.Length; i++)
        {
            for (var calls = 0; calls <= i; calls++)
                tree.Call(callers[i], () => tree.Call(work, () => tree.Now += 1));
        }
        var stats = new Stats(tree.Build()) { Options = new() { EdgeOrder = SortKey.Calls, EdgeLimit = 2 } };

        Assert.That(Print(output => stats.PrintCallers(output, "work")), Is.EqualTo("""
               Random listing order was used
               List reduced from 4 to 1 due to restriction <'work'>

            Function                was called by...
                                        ncalls  tottime  cumtime
            src/Program.cs:1(work)  <-       3    3.000    3.000  src/Program.cs:4(c)
                                             2    2.000    2.000  src/Program.cs:3(b)
                                        ... and 1 more



            """));
    }

    [Test]
    public void A_limit_of_no_callers_is_refused() =>
        Assert.That(() => new PrintOptions { EdgeLimit = 0 }, Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase("percall_tottime", "internal time per call", "slow once")]
    [TestCase("percall_cumtime", "cumulative time per call", "slow")]
    public void Rows_are_ordered_by_the_time_of_one_call(string key, string description, string first)
    {
        var slow = new MethodStats(new("a.cs", 1, "slow"), new Figures(10, 1, 3, 9), []);
        var once = new MethodStats(new("a.cs", 2, "slow once"), new Figures(1, 1, 2, 2), []);
        var never = new MethodStats(new("a.cs", 3, "never"), new Figures(0, 0, 5, 50), []);

        var stats = new Stats([never, slow, once]).SortStats(key);

        Assert.That(stats.First().Name, Is.EqualTo(first));
        Assert.That(stats.Last().Name, Is.EqualTo("never"));
        Assert.That(stats.SortDescription, Is.EqualTo(description));
    }

    [Test]
    public void Microseconds_are_shown_to_the_nanosecond() =>
        Assert.That(Print(Timed(TimeUnit.Microseconds).PrintStats), Is.EqualTo("""
                     2 function calls in 1500002.003 microseconds

               Random listing order was used
               Times are in microseconds

               ncalls     tottime     percall     cumtime     percall filename:lineno(function)
                    1 1500000.000 1500000.000 1500002.003 1500002.003 src/Program.cs:1(Main)
                    1       2.003       2.003       2.003       2.003 src/Program.cs:2(Work)



            """));

    [Test]
    public void Each_figure_can_have_the_unit_that_suits_it() =>
        Assert.That(Print(Timed(TimeUnit.Auto).PrintStats), Is.EqualTo("""
                     2 function calls in 1.500 s

               Random listing order was used

               ncalls  tottime  percall  cumtime  percall filename:lineno(function)
                    1  1.500 s  1.500 s  1.500 s  1.500 s src/Program.cs:1(Main)
                    1 2.003 us 2.003 us 2.003 us 2.003 us src/Program.cs:2(Work)



            """));

    [Test]
    public void A_time_of_fewer_than_ten_samples_is_only_said_to_be_shorter_than_ten() =>
        Assert.That(Print(Sampled(TimeUnit.Milliseconds).PrintStats), Does.EndWith("""
               ncalls  tottime  percall  cumtime  percall filename:lineno(function)
                    1  991.000  991.000 1000.000 1000.000 a.cs:1(Main)
                    5  <10.000   <2.000  <10.000   <2.000 a.cs:2(Work)



            """));

    [Test]
    public void In_the_way_of_pstats_all_sampled_times_are_told() =>
        Assert.That(Print(Sampled(TimeUnit.Seconds).PrintStats), Does.Contain("    5    0.009    0.002    0.009    0.002 a.cs:2(Work)"));

    [TestCase(0, "0 s")]
    [TestCase(1.2345678, "1.235 s")]
    [TestCase(12.345, "12.35 s")]
    [TestCase(12345.6, "12346 s")]
    [TestCase(0.9999996, "1.000 s")]
    [TestCase(0.0123456, "12.35 ms")]
    [TestCase(-0.0123456, "-12.35 ms")]
    [TestCase(999.9e-6, "999.9 us")]
    [TestCase(15e-9, "15.00 ns")]
    [TestCase(double.NaN, "NaN ns")]
    public void Units_of_time_are_chosen_for_four_digits(double seconds, string text) =>
        Assert.That(AutoUnits.Seconds(seconds), Is.EqualTo(text));

    [TestCase(0, "0 B")]
    [TestCase(24.5, "24.5 B")]
    [TestCase(1023, "1023 B")]
    [TestCase(1536, "1.500 KiB")]
    [TestCase(1024 * 1024 - 1, "1.000 MiB")]
    [TestCase(1e13, "9.095 TiB")]
    [TestCase(1e17, "90949 TiB")]
    public void Units_of_memory_are_chosen_for_four_digits(double bytes, string text) =>
        Assert.That(AutoUnits.Bytes(bytes), Is.EqualTo(text));

    [Test]
    public void Bytes_are_called_bytes_in_every_table()
    {
        var stats = Counted(ClockUnit.Bytes).SortStats("tottime", "cumulative");

        Assert.That(Print(output => stats.PrintStats(output).PrintCallers(output).PrintTree(output)), Is.EqualTo("""
                     3 function calls with 1000000103 bytes allocated

               Ordered by: internal bytes, cumulative bytes

               ncalls   totbytes    percall   cumbytes    percall filename:lineno(function)
                    1 1000000000 1000000000.0 1000000103 1000000103.0 src/Program.cs:1(Main)
                    2        103       51.5        103       51.5 src/Program.cs:2(Work)


               Ordered by: internal bytes, cumulative bytes

            Function                was called by...
                                        ncalls   totbytes   cumbytes
            src/Program.cs:1(Main)  <- 
            src/Program.cs:2(Work)  <-       2        103        103  src/Program.cs:1(Main)


                     3 function calls with 1000000103 bytes allocated

               Call tree, ordered by: cumulative bytes

               ncalls   totbytes    percall   cumbytes    percall filename:lineno(function)
                    1 1000000000 1000000000.0 1000000103 1000000103.0 src/Program.cs:1(Main)
                    2        103       51.5        103       51.5   src/Program.cs:2(Work)



            """));
    }

    [Test]
    public void A_profile_of_calls_alone_has_no_columns_of_time()
    {
        var stats = Counted(ClockUnit.None).SortStats("calls");

        Assert.That(Print(output => stats.PrintStats(output).PrintCallees(output).PrintTree(output)), Is.EqualTo("""
                     3 function calls

               Ordered by: call count

               ncalls filename:lineno(function)
                    2 src/Program.cs:2(Work)
                    1 src/Program.cs:1(Main)


               Ordered by: call count

            Function                called...
                                        ncalls
            src/Program.cs:2(Work)  -> 
            src/Program.cs:1(Main)  ->       2  src/Program.cs:2(Work)


                     3 function calls

               Call tree, ordered by: call count

               ncalls filename:lineno(function)
                    1 src/Program.cs:1(Main)
                    2   src/Program.cs:2(Work)



            """));
    }

    [Test]
    public void What_counts_different_things_is_not_added_up()
    {
        var (bytes, seconds) = (Counted(ClockUnit.Bytes), Timed(TimeUnit.Seconds));

        Assert.That(() => bytes.Add(seconds), Throws.ArgumentException.With.Message.Contains("Bytes"));
        Assert.That(new Stats().Add(bytes).Unit, Is.EqualTo(ClockUnit.Bytes));
    }

    [Test]
    public void Resumes_are_shown_beside_the_calls()
    {
        var (main, load) = (tree.Method("Main"), tree.Method("Load"));
        tree.Call(main, () =>
        {
            tree.Call(load, () => tree.Now += 1);
            for (var i = 0; i < 2; i++)
            {
                tree.Enter(load);
                tree.Now += 2;
                tree.Leave(isResume: true);
            }
        });
        var stats = new Stats(tree.Build()) { Options = new() { ShowResumes = true } };

        Assert.That(stats["Load"].Resumes, Is.EqualTo(2));
        Assert.That(Print(output => stats.PrintStats(output).PrintCallees(output)), Is.EqualTo("""
                     2 function calls in 5.000 seconds

               Random listing order was used

               ncalls  resumes  tottime  percall  cumtime  percall filename:lineno(function)
                    1        0    0.000    0.000    5.000    5.000 src/Program.cs:1(Main)
                    1        2    5.000    5.000    5.000    5.000 src/Program.cs:2(Load)


               Random listing order was used

            Function                called...
                                        ncalls  resumes  tottime  cumtime
            src/Program.cs:1(Main)  ->       1        2    5.000    5.000  src/Program.cs:2(Load)
            src/Program.cs:2(Load)  -> 



            """));
    }

    static Stats Sampled(TimeUnit unit) => new(
    [
        new MethodStats(new("a.cs", 1, "Main"), new(1, 1, 0.991, 1) { Samples = 991 }, []),
        new MethodStats(new("a.cs", 2, "Work"), new(5, 5, 0.009, 0.009) { Samples = 9 }, []),
    ])
    { Options = new() { TimeUnit = unit } };

    Stats Timed(TimeUnit unit)
    {
        var (main, work) = (tree.Method("Main"), tree.Method("Work"));
        tree.Call(main, () =>
        {
            tree.Call(work, () => tree.Now += 2003);
            tree.Now += 1_500_000_000;
        });
        return new(tree.Build(1e-9)) { Options = new() { TimeUnit = unit } };
    }

    static Stats Counted(ClockUnit unit)
    {
        var tree = new TreeBuilder();
        var (main, work) = (tree.Method("Main"), tree.Method("Work"));
        tree.Call(main, () =>
        {
            tree.Call(work, () => tree.Now += unit == ClockUnit.None ? 0 : 3);
            tree.Call(work, () => tree.Now += unit == ClockUnit.None ? 0 : 100);
            tree.Now += unit == ClockUnit.None ? 0 : 1_000_000_000;
        });
        return new(tree.Build() with { Unit = unit });
    }

    static string Print(Func<TextWriter, Restriction[], Stats> print) => Print(output => print(output, []));

    static string Print(Action<TextWriter> print)
    {
        using var output = new StringWriter { NewLine = "\n" };
        print(output);
        return output.ToString();
    }
}
