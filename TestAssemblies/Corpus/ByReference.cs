using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Scenarios.Corpus;

// vescon/MethodBoundaryAspect.Fody#127, Fody#1306, inversionhourglass/Rougamo#36, csnemes/tracer#83
public static class ByReference
{
    static readonly int[] Cells = [1, 2, 3, 4];

    ref struct Window(Span<int> cells, ref int sum)
    {
        readonly Span<int> cells = cells;
        readonly ref int sum = ref sum;

        public ref int this[int index] => ref cells[index];

        public readonly int Total()
        {
            foreach (var cell in cells)
                sum += cell;
            return sum;
        }

        public readonly Window Tail() => new(cells[1..], ref sum);

        public void Dispose() => sum = -1;
    }

    static ref int Find(int[] cells, int value)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] == value)
                return ref cells[i];
        }
        throw new ArgumentException($"no {value}");
    }

    static ref readonly int FindReadOnly(in int first, ref readonly int second, bool takeFirst)
    {
        if (takeFirst)
            return ref first;
        return ref second;
    }

    static ref T Pick<T>(ref T left, ref T right, bool takeLeft) => ref takeLeft ? ref left : ref right;

    static bool TryParse(string text, out int value, out string rest)
    {
        value = 0;
        rest = text;
        if (text.Length == 0)
            return false;
        try
        {
            value = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            rest = "";
            return true;
        }
        catch (FormatException)
        {
            value = -1;
            throw;
        }
        finally
        {
            rest += "!";
        }
    }

    static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text, scoped ReadOnlySpan<char> what) => text.Trim(what[0]);

    static Span<int> Slice(Span<int> cells, int start) =>
        start <= cells.Length ? cells[start..] : throw new ArgumentOutOfRangeException(nameof(start));

    static int SumOf(params ReadOnlySpan<int> numbers)
    {
        var sum = 0;
        foreach (var number in numbers)
            sum += number;
        return sum;
    }

    static int Length<T>(scoped in T value)
        where T : allows ref struct => Unsafe.SizeOf<T>() > 0 ? 1 : 0;

    static ref int Unscoped([UnscopedRef] ref Holder holder) => ref holder.Cell;

    struct Holder
    {
        public int Cell;

        [UnscopedRef]
        public ref int Reference => ref Cell;
    }

    public static string Ref_returns()
    {
        var log = new Log();
        var cells = new[] { 5, 6, 7 };
        Find(cells, 6) = 60;
        ref var last = ref Find(cells, 7);
        last++;
        Find(cells, 8) += Find(cells, 60);
        log.Add(cells);
        log.Try(() => Find(Cells, 99) = 1);
        var left = "l";
        var right = "r";
        Pick(ref left, ref right, false) += Pick(ref left, ref right, true);
        log.Add(left + right);
        return log.ToString();
    }

    public static string Ref_readonly_returns()
    {
        var (a, b) = (1, 2);
        ref readonly var first = ref FindReadOnly(in a, ref b, true);
        ref readonly var second = ref FindReadOnly(in a, ref b, false);
        a = 10;
        b = 20;
        return $"{first} {second}";
    }

    public static string Out_parameters()
    {
        var log = new Log();
        foreach (var text in new[] { "", "12", "x" })
        {
            var (value, rest) = (7, "before");
            log.Try(() => TryParse(text, out value, out rest));
            log.Add(value);
            log.Add(rest);
        }
        return log.ToString();
    }

    public static string Spans()
    {
        var log = new Log();
        log.Add(Trim("..a.b..", ".").ToString());
        Span<int> cells = [1, 2, 3];
        Slice(cells, 1)[0] = 9;
        log.Add(cells.ToArray());
        try
        {
            Slice(cells, 4);
        }
        catch (ArgumentOutOfRangeException e)
        {
            log.Add(e.ParamName);
        }
        log.Add(SumOf(1, 2, 3) + SumOf());
        log.Add(Length(cells) + Length(1));
        return log.ToString();
    }

    public static string Ref_structs_with_ref_fields()
    {
        var log = new Log();
        var sum = 0;
        using (var window = new Window(stackalloc[] { 1, 2, 3 }, ref sum))
        {
            window[0] = 10;
            log.Add(window.Total());
            log.Add(window.Tail().Total());
            try
            {
                window[5]++;
            }
            catch (IndexOutOfRangeException e)
            {
                log.Add(e.GetType());
            }
        }
        log.Add(sum);
        return log.ToString();
    }

    public static string Unscoped_references()
    {
        var holder = new Holder();
        Unscoped(ref holder)++;
        holder.Reference += 5;
        return holder.Cell.ToString();
    }

    [SkipLocalsInit]
    static unsafe int StackAlloc(int count)
    {
        int* cells = stackalloc int[count];
        Span<byte> bytes = stackalloc byte[count * 2];
        for (var i = 0; i < count; i++)
        {
            cells[i] = i * i;
            bytes[i] = (byte)i;
        }
        if (count == 3)
            throw new InvalidOperationException("three");
        var sum = 0;
        for (var i = 0; i < count; i++)
            sum += cells[i] + bytes[i];
        return sum;
    }

    public static string Stackalloc_and_skipped_local_initialization()
    {
        var log = new Log();
        log.Try(() => StackAlloc(10));
        log.Try(() => StackAlloc(3));
        log.Try(() => StackAlloc(0));
        return log.ToString();
    }

    public static string Ref_locals_live_across_calls()
    {
        var cells = new List<int> { 1, 2, 3 };
        ref var cell = ref CollectionsMarshal.AsSpan(cells)[1];
        GC.Collect();
        cell = SumOf(cell, cells[0], Find(Cells, 4));
        cell += SumOf(cell);
        return string.Join(" ", cells);
    }

    public static unsafe string Fixed_and_pointers()
    {
        var text = "weave".ToCharArray();
        fixed (char* start = text)
        {
            for (var p = Advance(start, 1); p < start + text.Length; p++)
                *p = char.ToUpperInvariant(*p);
        }
        return new string(text);

        static char* Advance(char* p, int by) => p + by;
    }

    public static string Typed_references()
    {
        var value = 3;
        var reference = __makeref(value);
        Twice(reference);
        return $"{value} {__reftype(reference).Name}";

        static void Twice(TypedReference reference) => __refvalue(reference, int) *= 2;
    }

    public static string Inline_arrays()
    {
        var buffer = new Four<int>();
        for (var i = 0; i < 4; i++)
            buffer[i] = SumOf(i, i);
        Span<int> tail = buffer[2..];
        tail[0] = 100;
        var log = new Log();
        log.Add(((ReadOnlySpan<int>)buffer).ToArray());
        log.Try(() => buffer[new Random(1).Next(4, 5)]);
        return log.ToString();
    }

    [InlineArray(4)]
    struct Four<T>
    {
        T first;
    }
}
