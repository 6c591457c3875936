using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Methods that call themselves, some hundred frames deep.</summary>
[NoProfile]
public static class Recursion
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.A(300)); }),
        new("B", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.B(300)); }),
        new("C", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.C(300)); }),
        new("D", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.D(300)); }),
        new("E", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.E(300)); }),
        new("F", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.F(300)); }),
        new("G", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.G(300)); }),
        new("H", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.H(300)); }),
        new("I", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.I(300)); }),
        new("J", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.J(300)); }),
        new("K", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.K(300)); }),
        new("L", 300, calls => { for (var i = 0; i < calls; i++) Work.Keep(RecursionMethods.L(300)); }),
    ];
}

/// <summary>What is profiled.</summary>
public static class RecursionMethods
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int A(int depth) => depth == 0 ? 0 : A(depth - 1) + Work.Spin(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int B(int depth) => depth == 0 ? 0 : B(depth - 1) + Work.Spin(8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int C(int depth) => depth == 0 ? 0 : C(depth - 1) + Work.Spin(14);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int D(int depth) => depth == 0 ? 0 : D(depth - 1) + Work.Spin(20);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int E(int depth) => depth == 0 ? 0 : E(depth - 1) + Work.Spin(28);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int F(int depth) => depth == 0 ? 0 : F(depth - 1) + Work.Spin(38);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int G(int depth) => depth == 0 ? 0 : G(depth - 1) + Work.Spin(52);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int H(int depth) => depth == 0 ? 0 : H(depth - 1) + Work.Spin(70);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int I(int depth) => depth == 0 ? 0 : I(depth - 1) + Work.Spin(95);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int J(int depth) => depth == 0 ? 0 : J(depth - 1) + Work.Spin(130);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int K(int depth) => depth == 0 ? 0 : K(depth - 1) + Work.Spin(175);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int L(int depth) => depth == 0 ? 0 : L(depth - 1) + Work.Spin(240);
}
