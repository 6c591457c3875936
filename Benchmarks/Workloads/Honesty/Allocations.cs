using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Methods that make lists of small objects.</summary>
[NoProfile]
public static class Allocations
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.A()); }),
        new("B", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.B()); }),
        new("C", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.C()); }),
        new("D", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.D()); }),
        new("E", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.E()); }),
        new("F", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.F()); }),
        new("G", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.G()); }),
        new("H", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.H()); }),
        new("I", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.I()); }),
        new("J", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.J()); }),
        new("K", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.K()); }),
        new("L", 2_000, calls => { for (var i = 0; i < calls; i++) Work.Keep(AllocationsMethods.L()); }),
    ];
}

/// <summary>What is profiled.</summary>
public static class AllocationsMethods
{
    sealed class Cell(Cell? next)
    {
        public Cell? Next => next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Chain(int length)
    {
        Cell? cell = null;
        for (var i = 0; i < length; i++)
            cell = new(cell);
        return cell!.Next is null ? 1 : 2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int A() => Chain(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int B() => Chain(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int C() => Chain(3);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int D() => Chain(5);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int E() => Chain(7);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int F() => Chain(10);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int G() => Chain(14);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int H() => Chain(19);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int I() => Chain(25);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int J() => Chain(33);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int K() => Chain(43);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int L() => Chain(56);
}
