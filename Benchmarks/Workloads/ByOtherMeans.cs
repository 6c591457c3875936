using System.Diagnostics;
using System.Runtime.CompilerServices;
using AspectInjector.Broker;
using ProfilerWeaver;

namespace Workloads;

/// <summary>What developers do when they have no profiler.</summary>
[NoProfile]
public static class ByOtherMeans
{
    static TimeSpan s_elapsed;
    static long s_ticks;

    public static void Stopwatch(int calls)
    {
        for (var i = 0; i < calls; i++)
            WithStopwatch();
    }

    public static void Timestamps(int calls)
    {
        for (var i = 0; i < calls; i++)
            WithTimestamps();
    }

    public static void Aspect(int calls)
    {
        for (var i = 0; i < calls; i++)
            WithAspect();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void WithStopwatch()
    {
        var stopwatch = System.Diagnostics.Stopwatch.StartNew();
        try
        {
        }
        finally
        {
            s_elapsed += stopwatch.Elapsed;
        }
    }

    // The cheapest that can be written by hand.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void WithTimestamps()
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
        }
        finally
        {
            s_ticks += System.Diagnostics.Stopwatch.GetTimestamp() - start;
        }
    }

    [Timing]
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void WithAspect()
    {
    }
}

/// <summary>An aspect as the library's own examples have it: before and after, with the method's name.</summary>
[NoProfile]
[Aspect(Scope.Global)]
[Injection(typeof(TimingAttribute))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class TimingAttribute : Attribute
{
    [ThreadStatic]
    static Stack<long>? t_starts;

    static readonly Dictionary<string, (long Calls, long Ticks)> Totals = [];

    [Advice(Kind.Before)]
    public void Before([Argument(Source.Name)] string name) => (t_starts ??= new()).Push(Stopwatch.GetTimestamp());

    [Advice(Kind.After)]
    public void After([Argument(Source.Name)] string name)
    {
        var ticks = Stopwatch.GetTimestamp() - t_starts!.Pop();
        Totals.TryGetValue(name, out var total);
        Totals[name] = (total.Calls + 1, total.Ticks + ticks);
    }
}
