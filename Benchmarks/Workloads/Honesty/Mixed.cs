using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Methods of 20 ns to 14 µs that call small ones between 2 and 3000 times.</summary>
[NoProfile]
public static class Mixed
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.A()); }),
        new("B", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.B()); }),
        new("C", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.C()); }),
        new("D", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.D()); }),
        new("E", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.E()); }),
        new("F", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.F()); }),
        new("G", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.G()); }),
        new("H", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.H()); }),
        new("I", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.I()); }),
        new("J", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.J()); }),
        new("K", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.K()); }),
        new("L", 200, calls => { for (var i = 0; i < calls; i++) Work.Keep(MixedMethods.L()); }),
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
    public static int A() => Work.Spin(10) + Small(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int B() => Work.Spin(20) + Small(6);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int C() => Work.Spin(60) + Small(8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int D() => Work.Spin(40) + Small(40);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int E() => Work.Spin(250) + Small(15);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int F() => Work.Spin(150) + Small(120);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int G() => Work.Spin(800) + Small(30);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int H() => Work.Spin(600) + Small(300);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int I() => Work.Spin(2400) + Small(60);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int J() => Work.Spin(1500) + Small(1000);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int K() => Work.Spin(7000) + Small(200);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int L() => Work.Spin(4000) + Small(3000);
}
