using System.Globalization;

namespace ProfilerWeaver;

/// <summary>What a report says of the runs that its figures are from.</summary>
static class ReportFacts
{
    /// <summary>What the report is called: the program, or the files.</summary>
    public static string Title(Stats stats)
    {
        var programs = stats.TreeRecordings.Select(recording => recording.Program).Where(program => program.Length > 0).Distinct().ToArray();
        // A line of files begins with the time of its last change.
        return programs.Length > 0 ? string.Join(", ", programs)
            : stats.Files.Count > 0 ? string.Join(", ", stats.Files.Select(file => Path.GetFileName(file)))
            : "Profile";
    }

    /// <summary>Headings, each with names and values: one for what was read, one for each recording.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<KeyValuePair<string, string>> Values)> Of(Stats stats)
    {
        var facts = new List<(string, IReadOnlyList<KeyValuePair<string, string>>)>();
        if (stats.Files.Count > 0)
            facts.Add(("Files", [.. stats.Files.Select(file => new KeyValuePair<string, string>("file", file))]));
        foreach (var damage in stats.Damage)
            facts.Add(("Damage", [new("no call tree", damage.Message)]));
        foreach (var recording in stats.TreeRecordings)
            facts.Add((recording.Program.Length > 0 ? recording.Program : "Recording", [.. Of(recording)]));
        return facts;
    }

    static IEnumerable<KeyValuePair<string, string>> Of(ProfileData recording)
    {
        if (recording.StartedUtc > DateTime.MinValue)
            yield return new("started", recording.StartedUtc.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        if (recording.Duration > TimeSpan.Zero)
            yield return new("elapsed", Seconds(recording.Duration));
        if (recording.InterruptedCalls is { } interrupted)
            yield return new("interrupted", $"the process was killed or still running, in {Number(interrupted)} unfinished calls");
        yield return new("threads", Number(recording.ThreadCount));
        yield return new("clock", recording.Clock);
        if (recording.JitTime > TimeSpan.Zero)
            yield return new("JIT compiler", Seconds(recording.JitTime) + " of all threads, in the times of whoever called a method first");
        if (recording.GcPauseTime > TimeSpan.Zero)
            yield return new("garbage collector", Seconds(recording.GcPauseTime) + " of pauses, in the times of whatever was running");
        yield return new("contexts", Number(recording.Threads.Sum(thread => thread.Tree.Count - 1L)));
        var truncated = recording.Threads.Sum(Truncated);
        yield return new("truncated", truncated == 0
            ? "nothing: every call is in the tree"
            : $"{Number(truncated)} calls had no room in the tree; the table and the edges have them, the tree has not");
        yield return new("recording", RecordingOf(recording));
        foreach (var fact in recording.Environment)
            yield return fact;
    }

    static long Truncated(ThreadTree thread)
    {
        var calls = 0L;
        if (thread.Truncated is not null)
        {
            foreach (var method in thread.Truncated.Root.Children)
                calls += method.Calls;
        }
        return calls;
    }

    static string RecordingOf(ProfileData recording)
    {
        var overhead = recording.Overhead;
        if (recording.Unit != ClockUnit.Seconds || overhead is { CallTicks: 0, LeastTicks: 0 })
            return "adds nothing that is known to the figures";
        var text = string.Format(CultureInfo.InvariantCulture, "adds {0:F1} ns to each call", overhead.CallTicks * recording.SecondsPerTick * 1e9);
        return text + (recording.Compensate ? ", which is taken off the times" : ", which is in the times (Compensate is off)");
    }

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture) + " s";

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
