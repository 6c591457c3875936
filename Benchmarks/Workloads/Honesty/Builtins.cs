using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Methods that call the framework: formatting, searching, comparing.</summary>
[NoProfile]
public static class Builtins
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.A()); }),
        new("B", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.B()); }),
        new("C", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.C()); }),
        new("D", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.D()); }),
        new("E", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.E()); }),
        new("F", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.F()); }),
        new("G", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.G()); }),
        new("H", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.H()); }),
        new("I", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.I()); }),
        new("J", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.J()); }),
        new("K", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.K()); }),
        new("L", 500, calls => { for (var i = 0; i < calls; i++) Work.Keep(BuiltinsMethods.L()); }),
    ];
}

/// <summary>What is profiled.</summary>
public static class BuiltinsMethods
{
    static readonly string Haystack = new string('a', 40) + "needle";

    // Inlined, so that each method makes its own calls.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [NoProfile]
    static int Texts(int times)
    {
        var sum = 0;
        for (var i = 0; i < times; i++)
            sum += Search(i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Search(int number) => Haystack.IndexOf('n', number & 15) + string.CompareOrdinal(Haystack, "aab");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int A() => Texts(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int B() => Texts(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int C() => Texts(3);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int D() => Texts(5);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int E() => Texts(8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int F() => Texts(12);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int G() => Texts(19);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int H() => Texts(30);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int I() => Texts(48);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int J() => Texts(75);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int K() => Texts(120);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int L() => Texts(190);
}
