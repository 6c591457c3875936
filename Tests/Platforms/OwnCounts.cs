using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>What the program counted itself.</summary>
sealed class OwnCounts
{
    const string CountingMethod = "Tally.Calls.Count";
    const string TimedMethod = "Tally.Work.Timed";

    readonly Dictionary<string, long> counts;
    readonly double least;
    readonly double most;

    /// <summary>Reads what the program, which may have been killed, left.</summary>
    public OwnCounts(string path)
    {
        var rows = File.ReadAllLines(path + ".rows");
        var counters = MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(path));
        counts = [];
        for (var i = 0; rows[i].Length > 0; i++)
            counts.Add(rows[i], counters[i]);
        counts.Add(CountingMethod, counts.Values.Sum());
        least = counters[counts.Count - 1] / 1e9;
        most = counters[counts.Count] / 1e9;
    }

    /// <summary>Checks the profile of the same run.</summary>
    /// <param name="profile">A profile, or a live file.</param>
    /// <param name="threads">How many threads were stopped somewhere between the entry of a method and its own
    /// count, or between the count of its end and the end.</param>
    /// <param name="isWall">Whether the clock is one of elapsed time.</param>
    public void Check(string profile, int threads, bool isWall)
    {
        var rows = ProfFile.ReadRows(profile).ToLookup(row => row.Name);
        var wrong = counts.Select(own => (own.Key, Counted: own.Value, Recorded: rows[own.Key].Sum(row => row.Calls)))
            .Where(row => row.Recorded < row.Counted || row.Recorded > row.Counted + threads);
        Assert.That(wrong, Is.Empty, Path.GetFileName(profile));
        // The program's own stopwatch was read within it, and around it. The recorder takes off what it added, and the clock may
        // be another one.
        if (isWall)
            Assert.That(rows[TimedMethod].Single().CumulativeTime, Is.InRange(least * 0.98, most * 1.02), Path.GetFileName(profile));
    }
}
