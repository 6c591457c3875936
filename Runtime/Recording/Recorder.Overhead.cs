using System.Diagnostics;
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

    // Of what counting a call takes, the part in which a sampler finds the callee on top of the stack: as measured with the leaves
    // of Benchmarks -- honesty.
    const double ShareOfCallee = 0.2;

    const int LevelsOfTree = 9;
    const int CallsOfTree = (1 << LevelsOfTree) - 1;
    const int CalibrationRounds = 9;
    const int CallsPerRound = 500;

    /// <summary>Measures what recording a call adds to the times in a recording, on the calling thread and with the
    /// recorder as it is compiled by now. Takes some hundred microseconds, with the clock of
    /// processor time some milliseconds. Callers must take turns.</summary>
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
            return clock.IsReadInCalls ? MeasureCalls(clock)
                : clock.SampledTime is { IsReal: true } ? MeasureCounting(clock)
                : RecordingOverhead.None;
        }
        finally
        {
            t_arena = arena;
            t_busy = wasBusy;
        }
    }

    static RecordingOverhead MeasureCalls(Clock clock)
    {
        var added = new double[CalibrationRounds];
        var least = new double[CalibrationRounds];
        for (var round = 0; round < CalibrationRounds; round++)
        {
            var start = clock.Read();
            CallPlain();
            var between = clock.Read();
            CallRecorded();
            var end = clock.Read();
            added[round] = (end - between - (between - start)) / (double)CallsPerRound;
            var node = t_arena->Root->LastChild;
            least[round] = node->Self / (double)CallsPerRound;
            node->Self = 0;
        }
        return new(Math.Max(0, Median(added)), Math.Max(0, Median(least)));
    }

    // In a tree: without a clock to wait for, calls of one method in a loop take less than they do in programs.
    static RecordingOverhead MeasureCounting(Clock clock)
    {
        var added = new double[CalibrationRounds];
        for (var round = 0; round < CalibrationRounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            CallPlainTree(LevelsOfTree);
            var between = Stopwatch.GetTimestamp();
            CallRecordedTree(LevelsOfTree);
            var end = Stopwatch.GetTimestamp();
            added[round] = (end - between - (between - start)) / (double)CallsOfTree;
        }
        var call = Math.Max(0, Median(added)) / Stopwatch.Frequency / clock.MeasureTick();
        return new(call, call * ShareOfCallee) { IsSampled = call > 0 };
    }

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static int CallPlainTree(int levels) => levels == 1 ? 1 : CallPlainTree(levels - 1) + CallPlainTree(levels - 1);

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static int CallRecordedTree(int levels)
    {
        var token = Enter(0);
        try
        {
            return levels == 1 ? 1 : CallRecordedTree(levels - 1) + CallRecordedTree(levels - 1);
        }
        finally
        {
            Exit(token);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static void CallPlain()
    {
        for (var i = 0; i < CallsPerRound; i++)
            Plain();
    }

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static void CallRecorded()
    {
        for (var i = 0; i < CallsPerRound; i++)
            Recorded();
    }

    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static void Plain()
    {
    }

    // As the weaver would make it of the other one.
    [MethodImpl(MethodImplOptions.NoInlining | AtOnce)]
    static void Recorded()
    {
        var token = Enter(0);
        try
        {
        }
        finally
        {
            Exit(token);
        }
    }

    // Without sorting: for the sake of so few values .NET would compile a dozen methods at the end of each program.
    static double Median(double[] values)
    {
        foreach (var candidate in values)
        {
            var less = 0;
            var equal = 0;
            foreach (var value in values)
            {
                if (value < candidate)
                    less++;
                else if (value == candidate)
                    equal++;
            }
            if (less <= values.Length / 2 && less + equal > values.Length / 2)
                return candidate;
        }
        return 0;
    }
}
