using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>One method of a program, and how to run it alone. What it costs without a profiler is measured so.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Calls">How often to call it in one run.</param>
/// <param name="Run">Calls it that often, in a loop that is not woven.</param>
[NoProfile]
public sealed record Part(string Method, int Calls, Action<int> Run);

/// <summary>What methods do to take time.</summary>
[NoProfile]
static class Work
{
    static int s_sink;

    /// <summary>Steps of which each waits for the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Spin(int steps)
    {
        var value = steps;
        for (var i = 0; i < steps; i++)
            value = value * 1664525 + 1013904223;
        return value;
    }

    /// <summary>Keeps a result from being optimized away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Keep(int value) => s_sink = value;
}
