using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

// What recording itself costs, found out by calls of next to nothing.
public static unsafe partial class Recorder
{
    // Compiled for good before they run for the first time, as they never run often.
#if NET8_0_OR_GREATER
    const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;
#else
    const MethodImplOptions AtOnce = 0;
#endif

    const int CalibrationRounds = 9;
    const int CallsPerRound = 500;

    // Some ten nanoseconds of work, each step of which waits for the one before: what recording adds to a call is partly
    // hidden behind the work of an ordinary one.
    const int UsualSteps = 24;

    /// <summary>Measures what recording a call adds to the times in a recording, on the calling thread and with the
    /// recorder as it is compiled by now. Takes some hundred microseconds. Callers must
    /// take turns.</summary>
    /// <param name="recording">The recording in progress; if it has ended meanwhile, nothing is found out.</param>
    /// <returns><see cref="RecordingOverhead.None"/> if the clock is not one of time.</returns>
    internal static RecordingOverhead MeasureOverhead(Recording recording)
    {
        var clock = recording.Clock;
        if (clock.Unit != ClockUnit.Seconds || clock.Timer is not null || s_session != recording.Number)
            return RecordingOverhead.None;
        var arena = t_arena;
        var wasBusy = t_busy;
        t_busy = true;
        try
        {
            t_arena = recording.BorrowArena();
            var added = new double[CalibrationRounds];
            var least = new double[CalibrationRounds];
            for (var round = 0; round < CalibrationRounds; round++)
            {
                var start = clock.Read();
                CallPlain(UsualSteps);
                var between = clock.Read();
                CallRecorded(UsualSteps);
                var end = clock.Read();
                added[round] = (end - between - (between - start)) / (double)CallsPerRound;
                var node = t_arena->Root->LastChild;
                node->Self = 0;
                CallRecorded(steps: 0);
                least[round] = node->Self / (double)CallsPerRound;
            }
            return new(Math.Max(0, Median(added)), Math.Max(0, Median(least)));
        }
        finally
        {
            t_arena = arena;
            t_busy = wasBusy;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static int CallPlain(int steps)
    {
        var sum = 0;
        for (var i = 0; i < CallsPerRound; i++)
            sum += Plain(steps);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static int CallRecorded(int steps)
    {
        var sum = 0;
        for (var i = 0; i < CallsPerRound; i++)
            sum += Recorded(steps);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static int Plain(int steps)
    {
        var value = steps;
        for (var i = 0; i < steps; i++)
            value = value * 1664525 + 1013904223;
        return value;
    }

    // As the weaver would make it of the other one.
    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static int Recorded(int steps)
    {
        int value;
        var token = Enter(0);
        try
        {
            value = steps;
            for (var i = 0; i < steps; i++)
                value = value * 1664525 + 1013904223;
        }
        finally
        {
            Exit(token);
        }
        return value;
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
