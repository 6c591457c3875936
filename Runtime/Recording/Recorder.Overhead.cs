using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

// What recording itself costs, found out by recording calls of nothing.
public static unsafe partial class Recorder
{
    const int CalibrationRounds = 9;
    const int CallsPerRound = 500;

    /// <summary>Measures what recording a call adds to the times in a recording, on the calling thread and with the
    /// recorder as it is compiled by now. Takes some hundred microseconds.</summary>
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
            var own = new double[CalibrationRounds];
            var whole = new double[CalibrationRounds];
            for (var round = 0; round < CalibrationRounds; round++)
            {
                var start = clock.Read();
                CallPlain();
                var between = clock.Read();
                CallRecorded();
                var end = clock.Read();
                whole[round] = (end - between - (between - start)) / (double)CallsPerRound;
                var node = t_arena->Root->LastChild;
                if (node->Calls != CallsPerRound)
                    return RecordingOverhead.None;
                own[round] = node->Self / (double)CallsPerRound;
                node->Calls = node->Self = 0;
            }
            var ownTicks = Math.Max(0, Median(own));
            return new(ownTicks, Math.Max(0, Median(whole) - ownTicks));
        }
        finally
        {
            recording.ReturnArena(t_arena);
            t_arena = arena;
            t_busy = wasBusy;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void CallPlain()
    {
        for (var i = 0; i < CallsPerRound; i++)
            Plain();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void CallRecorded()
    {
        for (var i = 0; i < CallsPerRound; i++)
            Recorded();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Plain()
    {
    }

    // As the weaver would make it of the other one.
    [MethodImpl(MethodImplOptions.NoInlining)]
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

    static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
