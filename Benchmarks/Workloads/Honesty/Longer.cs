using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Methods of half a microsecond to 20 that call one of 0.1 between 4 and 120 times: the mean call takes a little more
/// than 100 ns.</summary>
[NoProfile]
public static class Longer
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.A()); }),
        new("B", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.B()); }),
        new("C", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.C()); }),
        new("D", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.D()); }),
        new("E", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.E()); }),
        new("F", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.F()); }),
        new("G", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.G()); }),
        new("H", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.H()); }),
        new("I", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.I()); }),
        new("J", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.J()); }),
        new("K", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.K()); }),
        new("L", 100, calls => { for (var i = 0; i < calls; i++) Work.Keep(LongerMethods.L()); }),
    ];
}

/// <summary>What is profiled.</summary>
public static class LongerMethods
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Step(int value) => value + Work.Spin(100);

    // Part of whoever calls it; what it calls is not: a call of its own each time.
    [NoProfile]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Steps(int times)
    {
        var sum = 0;
        for (var i = 0; i < times; i++)
            sum += Step(i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int A() => Work.Spin(100) + Steps(4);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int B() => Work.Spin(200) + Steps(6);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int C() => Work.Spin(300) + Steps(8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int D() => Work.Spin(500) + Steps(12);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int E() => Work.Spin(800) + Steps(16);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int F() => Work.Spin(1000) + Steps(24);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int G() => Work.Spin(1500) + Steps(32);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int H() => Work.Spin(2000) + Steps(40);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int I() => Work.Spin(2500) + Steps(55);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int J() => Work.Spin(3500) + Steps(75);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int K() => Work.Spin(4500) + Steps(95);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int L() => Work.Spin(6000) + Steps(120);
}
