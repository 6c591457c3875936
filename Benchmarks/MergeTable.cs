using System.Diagnostics;
using System.Globalization;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How quickly many profiles become one, and in how much memory; and how quickly Python's <c>pstats</c> adds up the tables of
/// the same files.</summary>
static class MergeTable
{
    const double LeastRate = 100;
    const double MostMegabytes = 512;
    const double MostReading = 0.5;
    const double MostOfOne = 200;

    /// <summary>Makes profiles, and merges them.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="count">How many.</param>
    /// <returns>Whether the figures are within their targets.</returns>
    public static bool Print(TextWriter output, int count)
    {
        var folder = Directory.CreateTempSubdirectory("merge-");
        try
        {
            output.WriteLine(Machine.Describe());
            var files = ManyProfiles.Make(folder, count);
            var megabytes = files.Sum(file => new FileInfo(file).Length) / 1e6;
            var all = Path.Combine(folder.FullName, "all.prof");
            var ours = Merge(Path.Combine(folder.FullName, "parts"), all);
            var rate = megabytes / ours.Seconds;
            output.WriteLine(Invariant($"{files.Length} profiles, {megabytes:F0} MB, {ManyProfiles.LargeOnes} of them of {new FileInfo(files[0]).Length / 1e6:F0} MB; merged: {new FileInfo(all).Length / 1e6:F0} MB"));
            output.WriteLine(Invariant($"  dotnet prof merge   {ours.Seconds,7:F1} s  {rate,6:F0} MB/s (at least {LeastRate})  {ours.Megabytes,5:F0} MB of memory (at most {MostMegabytes}); processors {ours.ProcessorSeconds:F1} s"));
            var areSummedSoon = TableSums.Print(output, files, folder);
            var isReadSoon = PrintRead(output, ManyProfiles.OfLargest(folder));
            var areEqual = File.ReadAllBytes(InPairs(files, folder)).AsSpan().SequenceEqual(File.ReadAllBytes(all));
            output.WriteLine($"  merged in pairs, at random, until one is left: {(areEqual ? "the same, byte for byte" : "DIFFERENT")}");
            return rate >= LeastRate && ours.Megabytes <= MostMegabytes && areSummedSoon && isReadSoon && areEqual;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static bool PrintRead(TextWriter output, string file)
    {
        var contexts = ProfFile.Read(file).Recording!.Threads.Sum(thread => (long)thread.Tree.Count);
        var (seconds, megabytes) = ModelTable.Measure("read", file);
        output.WriteLine(Invariant($"one profile of {contexts / 1e6:F1} million contexts, {new FileInfo(file).Length / 1e6:F0} MB, read with its table: {seconds:F2} s (at most {MostReading}), {megabytes:F0} MB of memory (at most {MostOfOne})"));
        return seconds <= MostReading && megabytes <= MostOfOne;
    }

    static Cost Merge(string folder, string output) =>
        Run("dotnet", [Path.Combine(StartTable.ToolFolder, "dotnet-prof.dll"), "merge", "-o", output, Path.Combine(folder, "*.prof")]);

    // Each with another one, and what comes of that with what comes of others.
    static string InPairs(string[] files, DirectoryInfo folder)
    {
        var pairs = folder.CreateSubdirectory("pairs");
        var random = new Random(2);
        var left = files.ToList();
        var made = 0;
        while (left.Count > 1)
        {
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(left));
            var next = new List<string>();
            foreach (var pair in left.Chunk(2))
            {
                if (pair.Length == 1)
                {
                    next.Add(pair[0]);
                    continue;
                }
                var merged = Path.Combine(pairs.FullName, $"{made++}.prof");
                Profiles.Merge(pair, merged);
                next.Add(merged);
                foreach (var part in pair.Where(part => part.StartsWith(pairs.FullName, StringComparison.Ordinal)))
                    File.Delete(part);
            }
            left = next;
        }
        return left[0];
    }

    static Cost Run(string program, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var printed = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        var processors = TimeSpan.Zero;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(10)))
        {
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id));
            processors = ProcessorTime(process) ?? processors;
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0
            ? new(seconds, processors.TotalSeconds, peak / 1e6)
            : throw new InvalidOperationException($"{program} has ended with {process.ExitCode}: {printed.Result}");
    }

    // Null if it has ended meanwhile.
    static TimeSpan? ProcessorTime(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    readonly record struct Cost(double Seconds, double ProcessorSeconds, double Megabytes);
}
