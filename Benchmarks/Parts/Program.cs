using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

// Three parts, each of which takes its own time and prints it: whether the profile says the same can be seen.
Action[] parts = args switch
{
    ["intrinsics"] => [Intrinsics.Span, Intrinsics.List, Intrinsics.Work],
    ["json"] => [Json.Write, Json.Read, Json.Total],
    ["texts"] => [Texts.Match, Texts.Group, Texts.Clean],
    _ => [Values.Equality, Values.Text, Values.Hash],
};
foreach (var part in parts)
{
    var start = Stopwatch.GetTimestamp();
    part();
    var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Method.DeclaringType!.Name}.{part.Method.Name} {elapsed:F1}"));
}

static class Values
{
    sealed record Point(int X, int Y, string Name);

    static readonly List<Point> Points = [.. Enumerable.Range(0, 2_000).Select(i => new Point(i, -i, "point"))];

    /// <summary>Equality that the compiler wrote, called by the framework.</summary>
    public static void Equality()
    {
        for (var i = 0; i < 2_000; i++)
            Points.IndexOf(new Point(i, -i, "point"));
    }

    /// <summary>Many calls of the framework.</summary>
    public static void Text()
    {
        for (var round = 0; round < 300; round++)
        {
            var text = new StringBuilder();
            for (var i = 0; i < 3_000; i++)
                text.Append(i).Append(' ').Append(i * 0.5);
        }
    }

    /// <summary>A few long calls of the framework.</summary>
    public static void Hash()
    {
        var data = new byte[1 << 20];
        for (var i = 0; i < 100; i++)
            SHA256.HashData(data);
    }
}

static class Intrinsics
{
    static readonly List<int> Numbers = [.. Enumerable.Range(0, 2_000)];

    public static void Span()
    {
        var numbers = Numbers.ToArray();
        var sum = 0L;
        for (var round = 0; round < 20_000; round++)
            sum += Sum(numbers);
        GC.KeepAlive(sum);
    }

    public static void List()
    {
        var sum = 0L;
        for (var round = 0; round < 20_000; round++)
            sum += Sum(Numbers);
        GC.KeepAlive(sum);
    }

    public static void Work()
    {
        var hash = 0L;
        for (var i = 0; i < 50_000_000; i++)
            hash = hash * 31 + i;
        GC.KeepAlive(hash);
    }

    static long Sum(ReadOnlySpan<int> numbers)
    {
        var sum = 0L;
        for (var i = 0; i < numbers.Length; i++)
            sum += numbers[i];
        return sum;
    }

    static long Sum(List<int> numbers)
    {
        var sum = 0L;
        for (var i = 0; i < numbers.Count; i++)
            sum += numbers[i];
        return sum;
    }
}
