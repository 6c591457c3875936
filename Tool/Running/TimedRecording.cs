namespace ProfilerWeaver.Tool;

/// <summary>A recording of a running program that ends by itself, whatever becomes of us.</summary>
static class TimedRecording
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // What it says of itself may be ahead of what it does; what it writes while it ends may be large.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), PatienceWithEnd = TimeSpan.FromMinutes(1);

    /// <summary>Has a program record, and waits until the profile is there.</summary>
    /// <param name="program">The program.</param>
    /// <param name="command">The command, with the time.</param>
    /// <param name="duration">The time.</param>
    /// <returns>The profile's path.</returns>
    /// <exception cref="ToolException">It was not written; the message says why, as far as that can be known.</exception>
    public static string Make(RunningProgram program, ControlMessage command, TimeSpan duration)
    {
        var earlier = command[ControlField.Output] is { } output ? LastWrite.To(output) : null;
        var end = Deadline.In(duration);
        var path = program.Tell(command)[ControlField.Output]!;
        while (program.Again() is { State: ControlField.Recording } now && now.Output == path)
            Thread.Sleep(Pause);
        var isEarly = !end.IsOver;
        if (program.Again() is { Problem: { } problem } unwritten && unwritten.Output == path)
        {
            throw new ToolException($"{program.Name} ({program.Process}) cannot write {path}: {problem.TrimEnd('.')}. dotnet prof stop {program.Process} -o FILE " +
                "writes the profile elsewhere.");
        }
        RunningProgram? last = null;
        for (var waited = TimeSpan.Zero; LastWrite.To(path) == earlier; waited += Pause)
        {
            last = program.Again();
            // It no longer answers while it writes its profile in the end.
            if (waited > (last is null && !HasEnded(program.Process) ? PatienceWithEnd : Patience))
                break;
            Thread.Sleep(Pause);
        }
        if (LastWrite.To(path) != earlier)
            return path;
        var name = $"{program.Name} ({program.Process})";
        throw new ToolException(last is null
            ? $"{name} has ended and not written {path}: it called nothing woven since the recording began, was killed, or says why on its stderr."
            : isEarly
                ? $"{name} has not written {path}: somebody else stopped the recording before its time was over, and had it written elsewhere or not at all."
                : $"{name} has not written {path}: it called nothing woven in that time, or says why on its stderr.");
    }

    // Also if nobody has waited for its end yet: "4711 (app) Z ...". In another container its number may be somebody else's.
    static bool HasEnded(string process)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{process}/stat");
            return status.AsSpan(status.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
