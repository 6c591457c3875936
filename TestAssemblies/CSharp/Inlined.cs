using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Scenarios;

/// <summary>Calls that the JIT compiles into the caller, and calls that remain.</summary>
public static class Inlined
{
    static readonly List<int> Numbers = [.. Enumerable.Range(0, 20)];

    static int counter;

    // A program with three parts, two of which do nothing but what is inlined.
    public static void Parts()
    {
        var data = Numbers.ToArray();
        for (var i = 0; i < 10; i++)
            SumSpan(data);
        for (var i = 0; i < 10; i++)
            SumList(Numbers);
        for (var i = 0; i < 10; i++)
            RealWork(i);
    }

    static long SumSpan(ReadOnlySpan<int> data)
    {
        long sum = 0;
        for (var i = 0; i < data.Length; i++)
            sum += data[i];
        return sum;
    }

    static long SumList(List<int> data)
    {
        long sum = 0;
        for (var i = 0; i < data.Count; i++)
            sum += data[i];
        return sum;
    }

    static long RealWork(int seed)
    {
        long hash = seed;
        for (var i = 0; i < 100; i++)
            hash = hash * 31 + i;
        return hash;
    }

    public static void Spans()
    {
        Span<int> span = stackalloc int[4];
        span[0] = span.Length;
        var slice = span.Slice(1);
        ReadOnlySpan<int> read = slice;
        _ = read.IsEmpty ? 0 : read[0];
        _ = "text".AsSpan().Length;
    }

    public static void Getters()
    {
        int? maybe = Numbers.Count;
        _ = maybe.HasValue ? maybe.Value : maybe.GetValueOrDefault();
        Numbers[1] = Numbers[0];
        _ = "text".Length + "text"[1];
        var pair = new KeyValuePair<int, int>(1, 2);
        _ = pair.Key + pair.Value;
        _ = new DateTime(5).Ticks;
    }

    public static void Instructions()
    {
        _ = BitOperations.PopCount(7u) + Unsafe.SizeOf<long>() + Math.Max(1, 2) + Math.Abs(counter);
        _ = Math.Sqrt(counter);
        _ = Vector128.Create(1) + Vector128<int>.Zero;
        _ = MemoryMarshal.AsBytes(new Span<int>(ref counter))[0];
        Interlocked.Increment(ref counter);
        Volatile.Write(ref counter, Volatile.Read(ref counter));
    }

    public static void Types()
    {
        _ = typeof(string) == typeof(int);
        _ = "text".GetType() != typeof(object);
        ArgumentNullException.ThrowIfNull(Numbers);
    }

    public record Point(int X, string Name);

    // All that a record compares its fields with.
    public static bool Equal(string name)
    {
        var left = new Point(1, name);
        return left == new Point(1, name);
    }

    public static void Records() => Equal("a");

    // Each of these is a call, whatever is small about it.
    public static void Remaining()
    {
        var list = new List<int>(4) { 1 };
        list.Sort();
        list.CopyTo(new int[1]);
        _ = "a b".Trim().Split(' ');
        _ = Math.Sin(counter);
        _ = string.Equals("a", "b", StringComparison.Ordinal);
        _ = new MemoryStream().Length;
        object boxed = list;
        _ = boxed.ToString();
        IReadOnlyList<int> face = list;
        _ = face.Count + face[0];
    }
}
