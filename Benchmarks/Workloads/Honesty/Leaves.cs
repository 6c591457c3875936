using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Tiny methods that call nothing: 2 to 50 ns each.</summary>
[NoProfile]
public static class Leaves
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.A()); }),
        new("B", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.B()); }),
        new("C", 4_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.C()); }),
        new("D", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.D()); }),
        new("E", 16_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.E()); }),
        new("F", 18_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.F()); }),
        new("G", 6_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.G()); }),
        new("H", 70_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.H()); }),
        new("I", 24_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.I()); }),
        new("J", 200_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.J()); }),
        new("K", 40_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.K()); }),
        new("L", 40_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(LeavesMethods.L()); }),
    ];
}

/// <summary>What is profiled.</summary>
public static class LeavesMethods
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int A() => Work.Spin(8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int B() => Work.Spin(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int C() => Work.Spin(4);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int D() => Work.Spin(48);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int E() => Work.Spin(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int F() => Work.Spin(8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int G() => Work.Spin(32);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int H() => Work.Spin(4);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int I() => Work.Spin(24);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int J() => Work.Spin(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int K() => Work.Spin(40);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int L() => Work.Spin(64);
}
