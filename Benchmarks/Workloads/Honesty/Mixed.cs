using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Methods of 20 ns to 3 µs that call small ones between none and 250 times.</summary>
[NoProfile]
public static class Mixed
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.A()); }),
        new("B", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.B()); }),
        new("C", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.C()); }),
        new("D", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.D()); }),
        new("E", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.E()); }),
        new("F", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.F()); }),
        new("G", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.G()); }),
        new("H", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.H()); }),
        new("I", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.I()); }),
        new("J", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.J()); }),
        new("K", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.K()); }),
        new("L", 400, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.L()); }),
    ];
}

/// <summary>What is profiled.</summary>
public static class MixedMethods
{
    // Part of whoever calls it; what it calls is not: a call of its own each time.
    [NoProfile]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Small(int times)
    {
        var sum = 0;
        for (var i = 0; i < times; i++)
            sum += Step(i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Step(int value) => value + Work.Spin(6);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int A() => Work.Spin(10) + Small(4);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int B() => Work.Spin(40) + Small(3);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int C() => Work.Spin(90) + Small(6);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int D() => Work.Spin(30) + Small(30);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int E() => Work.Spin(220) + Small(10);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int F() => Work.Spin(500) + Small(4);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int G() => Work.Spin(60) + Small(60);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int H() => Work.Spin(700) + Small(40);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int I() => Work.Spin(1400) + Small(20);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int J() => Work.Spin(300) + Small(150);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int K() => Work.Spin(3000) + Small(40);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int L() => Work.Spin(800) + Small(250);
}
