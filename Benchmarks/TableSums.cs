using System.Diagnostics;
using System.Globalization;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How quickly the tables of many files are summed: by <see cref="Stats"/>, and by Python's <c>pstats.Stats.add</c>. Both run in a
/// process of their own and time themselves, from the first file to the last.</summary>
static class TableSums
{
    const double LeastRatio = 20;
    const double LeastRate = 100;

    const string Python = """
        import glob, pstats, sys, time
        files = sorted(glob.glob(glob.escape(sys.argv[1]) + "/*.prof"))
        start = time.perf_counter()
        stats = pstats.Stats(files[0])
        for file in files[1:]: stats.add(file)
        print(time.perf_counter() - start, stats.total_calls)
        """;

    /// <summary>Sums the tables of files, without what is behind them.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="files">The files.</param>
    /// <param name="folder">Where to put the tables.</param>
    /// <returns>Whether the figures are within their targets.</returns>
    public static bool Print(TextWriter output, string[] files, DirectoryInfo folder)
    {
        var tables = folder.CreateSubdirectory("tables");
        foreach (var file in files)
            ProfFile.WriteRows(ProfFile.ReadRows(file), Path.Combine(tables.FullName, Path.GetFileName(file)));
        var megabytes = tables.EnumerateFiles().Sum(file => file.Length) / 1e6;
        var (ours, calls) = Measure("dotnet", [typeof(TableSums).Assembly.Location, "merge", "tables", tables.FullName]);
        var (theirs, sameCalls) = Measure("python3", ["-c", Python, tables.FullName]);
        if (calls != sameCalls)
            throw new InvalidOperationException($"{calls} calls, but pstats has {sameCalls}");
        var (rate, ratio) = (megabytes / ours, theirs / ours);
        output.WriteLine(Invariant($"their tables alone, {megabytes:F0} MB, summed:"));
        output.WriteLine(Invariant($"  Stats               {ours,7:F2} s  {rate,6:F0} MB/s (at least {LeastRate})"));
        output.WriteLine(Invariant($"  pstats.Stats.add    {theirs,7:F2} s  {ratio:F1} x the time (at least {LeastRatio})"));
        return rate >= LeastRate && ratio >= LeastRatio;
    }

    /// <summary>Sums the tables in a folder, and prints how long that took and how many calls there are.</summary>
    public static int Run(string folder)
    {
        var files = Directory.GetFiles(folder, "*.prof").Order(StringComparer.Ordinal).ToArray();
        var start = Stopwatch.GetTimestamp();
        var stats = new Stats(files);
        Console.WriteLine(Invariant($"{Stopwatch.GetElapsedTime(start).TotalSeconds} {stats.TotalCalls}"));
        return 0;
    }

    static (double Seconds, long Calls) Measure(string program, string[] arguments)
    {
        // As dotnet prof does it.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, Environment = { ["DOTNET_TieredPGO"] = "0" } })!;
        var printed = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return (double.Parse(printed[0], CultureInfo.InvariantCulture), long.Parse(printed[1], CultureInfo.InvariantCulture));
    }
}
