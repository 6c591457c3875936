using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Benchmarks;

/// <summary>
/// How true the times of a profile are: programs whose methods were timed one by one without a profiler, beside what
/// the profile says of them, raw and compensated.
/// </summary>
static class HonestyTable
{
    const int Rounds = 15;
    const int Top = 10;

    // So long the sampler looks at each program: 5,000 samples.
    static readonly TimeSpan Sampled = TimeSpan.FromSeconds(5);
    const double SampledOff = 0.05;

    // The times of a method measured twice without a profiler differ by up to this share.
    const double Alike = 0.1;

    static readonly string[] Programs = ["Leaves", "Recursion", "Mixed", "Longer", "Allocations", "Builtins", "Asynchronous"];

    /// <summary>Measures and prints everything.</summary>
    /// <param name="withMethods">Whether to show the methods of each program, in their true order.</param>
    /// <returns>Whether all targets hold.</returns>
    public static bool Print(TextWriter output, bool withMethods = false)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine();
        output.WriteLine(Line("program", "calls", "ns a call", "true ms", "raw ms", "comp. ms", "raw off", "comp. off", "better", "top ten raw", "comp.", "samp. off", "top ten"));
        var workloads = Copies.OfWorkloads();
        var allHold = true;
        foreach (var program in Programs)
            allHold &= Measure(program, workloads, withMethods, output);
        output.WriteLine();
        output.WriteLine("true: the methods timed one by one, unwoven. off: error of the total. better: error raw / error");
        output.WriteLine("compensated (target: 3). top ten: methods at their true rank (target: 10), or at that of one");
        output.WriteLine("whose true time is within 10 %. samp.: with the sampled clock, for 5 s (target: 5 % off).");
        return allHold;
    }

    static bool Measure(string name, Copies workloads, bool withMethods, TextWriter output)
    {
        var (unwoven, woven) = workloads.Parts($"Workloads.Honesty.{name}");
        var times = unwoven.Select(_ => new List<double>()).ToList();
        var profile = new Profile();
        for (var warmUp = 0; warmUp < 8; warmUp++)
        {
            foreach (var part in unwoven)
                part.Run(part.Calls);
            profile.Enable();
            foreach (var part in woven)
                part.Run(part.Calls);
            profile.Disable();
            profile.Clear();
            Thread.Sleep(60);
        }
        var raw = unwoven.Select(_ => new List<double>()).ToList();
        var compensated = unwoven.Select(_ => new List<double>()).ToList();
        long calls = 0;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < unwoven.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                unwoven[i].Run(unwoven[i].Calls);
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            profile.Clear();
            profile.Enable();
            foreach (var part in woven)
                part.Run(part.Calls);
            var data = profile.CreateStats();
            calls = FlatProfile.From(data).Sum(row => row.Figures.Calls + row.Figures.Resumes);
            Add(data with { Compensate = false }, raw);
            Add(data, compensated);
        }

        var (sampledTruth, sampled) = Sample(unwoven, woven, Rows);
        var sampledError = Math.Abs(sampled.Sum() / sampledTruth.Sum() - 1);
        var sampledRanked = AtTrueRank(sampled, sampledTruth);
        var truth = Medians(times);
        var rawTimes = Medians(raw);
        var compensatedTimes = Medians(compensated);
        var rawError = Math.Abs(rawTimes.Sum() / truth.Sum() - 1);
        var compensatedError = Math.Abs(compensatedTimes.Sum() / truth.Sum() - 1);
        var perCall = truth.Sum() * 1e6 / calls;
        var ranked = AtTrueRank(compensatedTimes, truth);
        output.WriteLine(Line(name, calls.ToString(CultureInfo.InvariantCulture), F(perCall), F(truth.Sum()), F(rawTimes.Sum()),
            F(compensatedTimes.Sum()), Percent(rawError), Percent(compensatedError), F(rawError / compensatedError),
            AtTrueRank(rawTimes, truth).ToString(CultureInfo.InvariantCulture), ranked.ToString(CultureInfo.InvariantCulture),
            Percent(sampledError), sampledRanked.ToString(CultureInfo.InvariantCulture)));
        if (withMethods)
        {
            foreach (var i in Order(truth))
                output.WriteLine(Line("  " + unwoven[i].Method, "", "", F(truth[i]), F(rawTimes[i]), F(compensatedTimes[i]),
                    "", "", "", "", "", F(sampledTruth[i]), F(sampled[i])));
        }
        return rawError >= 3 * compensatedError && ranked == Top && (perCall < 100 || compensatedError < 0.2)
            && sampledError <= SampledOff && sampledRanked == Top;

        void Add(ProfileData data, List<List<double>> into)
        {
            var rows = Rows(data);
            for (var i = 0; i < unwoven.Count; i++)
                into[i].Add(rows[i]);
        }

        List<double> Rows(ProfileData data)
        {
            var rows = FlatProfile.From(data).ToDictionary(row => row.Label.Name, row => row.Figures.CumulativeTime * 1000);
            return [.. unwoven.Select(part => rows.GetValueOrDefault($"Workloads.Honesty.{name}Methods.{part.Method}"))];
        }
    }

    // Both in turns, so that they meet the same machine. What is not woven is nobody's time.
    static (List<double> Truth, List<double> Sampled) Sample(
        IReadOnlyList<Part> unwoven, IReadOnlyList<Part> woven, Func<ProfileData, List<double>> rows)
    {
        var truth = new double[unwoven.Count];
        using var profile = new Profile(Clock.Sampled);
        profile.Enable();
        var rounds = 0;
        var recorded = TimeSpan.Zero;
        for (; recorded < Sampled; rounds++)
        {
            for (var i = 0; i < unwoven.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                unwoven[i].Run(unwoven[i].Calls);
                truth[i] += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            var begin = Stopwatch.GetTimestamp();
            foreach (var part in woven)
                part.Run(part.Calls);
            recorded += Stopwatch.GetElapsedTime(begin);
        }
        var sampled = rows(profile.CreateStats());
        return ([.. truth.Select(time => time / rounds)], [.. sampled.Select(time => time / rounds)]);
    }

    // Methods that take the same time, as far as that can be measured, have no order.
    static int AtTrueRank(List<double> values, List<double> truth) =>
        Order(values).Zip(Order(truth)).Take(Top)
            .Count(pair => Math.Abs(truth[pair.First] - truth[pair.Second]) <= Alike * truth[pair.Second]);

    static IEnumerable<int> Order(List<double> values) => Enumerable.Range(0, values.Count).OrderByDescending(i => values[i]);

    static List<double> Medians(List<List<double>> values) => [.. values.Select(list => list.Order().ElementAt(list.Count / 2))];

    static string Line(params string[] columns) =>
        columns[0].PadRight(14) + string.Concat(columns.Skip(1).Select(column => column.PadLeft(12)));

    static string F(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    static string Percent(double value) => value.ToString("P1", CultureInfo.InvariantCulture);
}
