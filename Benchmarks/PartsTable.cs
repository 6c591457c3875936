using System.Diagnostics;
using System.Globalization;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>Whether a new user's profile names the slowest part: programs of three parts that time themselves, by
/// <c>dotnet prof</c> with its default settings and each clock.</summary>
static class PartsTable
{
    const int Rounds = 5;

    // How far a part's share may be from its true share, as a part of that.
    const double MostOff = 0.25;
    const double MostOffSampled = 0.05;

    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "parts", "Parts.dll");

    static readonly string Tool = Path.Combine(StartTable.ToolFolder, "dotnet-prof.dll");

    /// <summary>Prints the table.</summary>
    /// <returns>Whether the order of the parts and their shares are the true ones.</returns>
    public static bool Print(TextWriter output)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine(Invariant($"milliseconds, medians of {Rounds}; off: the share that is furthest from the true one"));
        var holds = true;
        foreach (var which in new[] { "values", "intrinsics" })
        {
            output.WriteLine();
            var truth = Medians(() => OwnTimes(["dotnet", Program, which]));
            output.WriteLine($"{which,-22}{string.Concat(truth.Keys.Select(part => $"{part,20}"))}       off   order");
            Row("unprofiled", truth);
            // By its own stopwatch: what weaving alone changes.
            Row("woven and asleep", Medians(() => OwnTimes(["dotnet", Tool, "--paused", Program, which])));
            holds &= Row("counter", Profiled(which, "wall", "1"), MostOff);
            holds &= Row("stopwatch", Profiled(which, "wall", "0"), MostOff);
            holds &= Row("sampled", Profiled(which, "sampled", "0"), MostOffSampled);

            bool Row(string name, Dictionary<string, double> times, double? most = null)
            {
                var total = truth.Keys.Sum(part => times[part]) / truth.Values.Sum();
                var off = truth.Max(part => Math.Abs(times[part.Key] / total / part.Value - 1));
                var inOrder = truth.Keys.OrderBy(part => truth[part]).SequenceEqual(truth.Keys.OrderBy(part => times[part]));
                output.WriteLine(Invariant($"{name,-22}{string.Concat(truth.Keys.Select(part => Invariant($"{times[part],20:F1}")))} {off,9:P0}   ") +
                    (inOrder ? "true" : "FALSE") + (off > most ? "  MISSED" : ""));
                return inOrder && !(off > most);
            }
        }
        return holds;
    }

    static Dictionary<string, double> Profiled(string which, string clock, string counter)
    {
        var profile = Path.GetTempFileName();
        try
        {
            return Medians(() =>
            {
                OwnTimes(["dotnet", Tool, "-o", profile, "--clock", clock, Program, which], counter);
                return new Stats(profile).Rows.DistinctBy(row => row.Name).ToDictionary(row => row.Name, row => row.CumulativeTime * 1000);
            });
        }
        finally
        {
            File.Delete(profile);
        }
    }

    static Dictionary<string, double> Medians(Func<Dictionary<string, double>> run)
    {
        run(); // weaves, and fills the system's caches
        var runs = Enumerable.Range(0, Rounds).Select(_ => run()).ToList();
        return runs[0].Keys.Where(part => part.StartsWith("Values.", StringComparison.Ordinal) || part.StartsWith("Intrinsics.", StringComparison.Ordinal))
            .ToDictionary(part => part, part => runs.Select(times => times.GetValueOrDefault(part)).Order().ElementAt(Rounds / 2));
    }

    static Dictionary<string, double> OwnTimes(string[] command, string? counter = null)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (counter is not null)
            start.Environment["PROFILERWEAVER_TSC"] = counter;
        using var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with exit code {process.ExitCode}");
        return lines.Select(line => line.Split(' ')).ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
