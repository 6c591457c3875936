using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text;

namespace Scenarios.Corpus;

public static class Language
{
    static int Add(int left, int right) => left + right;

    // What the compiler makes data of stays data.
    public static string Expression_trees()
    {
        var captured = 5;
        Expression<Func<int, int>> expression = n => Add(n, captured) * 2;
        Expression<Func<string, bool>> filter = text => text.Length > 3 && text.StartsWith('a');
        Expression<Func<int, List<int>>> list = n => new List<int> { n, n + 1 };
        return $"{expression} {expression.Compile()(3)} {filter} {filter.Compile()("abcd")} {list.Compile()(1).Count}"
            .Replace(typeof(Language).FullName!, "Language");
    }

    static string Where(
        int value, [CallerMemberName] string member = "", [CallerLineNumber] int line = 0,
        [CallerFilePath] string path = "", [CallerArgumentExpression(nameof(value))] string expression = "") =>
        $"{member} {line} {Path.GetFileName(path)} {expression}";

    public static string Caller_info_and_nameof() =>
        $"{Where(1 + Add(2, 3))} {nameof(List<int>.Count)} {nameof(Where)}";

    public static string Dynamic()
    {
        var log = new Log();
        dynamic value = 3;
        log.Add((int)Add(value, 4));
        value = "text";
        log.Add((int)value.Length);
        log.Try(() => (int)value.Missing);
        dynamic bag = new System.Dynamic.ExpandoObject();
        bag.Count = 1;
        bag.Count += 2;
        bag.Double = (Func<int, int>)(n => n * 2);
        log.Add((int)bag.Double(bag.Count));
        foreach (dynamic item in new object[] { 1, "a", 2.5 })
            log.Add((string)Kind(item));
        return log.ToString();

    }

    static string Kind(int value) => $"int {value}";

    static string Kind(string value) => $"string {value}";

    static string Kind(object value) => value.GetType().Name;

    public static string Collection_expressions()
    {
        var log = new Log();
        List<int> list = [1, 2, .. Range(3), 9];
        Span<int> span = [.. list, 0];
        HashSet<int> set = [.. list, .. span];
        IReadOnlyList<int> empty = [];
        int[][] nested = [[1], [], [2, 3]];
        log.Add(list);
        log.Add(span.Length + set.Count + empty.Count + nested.Sum(inner => inner.Length));
        Stock stock = [("a", 1), ("b", 2)];
        log.Add(stock.Count);
        log.Try(() => Count([1, 2, 3]));
        log.Try(() => Count([]));
        return log.ToString();

        static int Count(params List<int> numbers) =>
            numbers.Count > 0 ? numbers.Count : throw new ArgumentException("none");
    }

    static IEnumerable<int> Range(int count)
    {
        for (var i = 0; i < count; i++)
            yield return i * 10;
    }

    [CollectionBuilder(typeof(Stock), nameof(Create))]
    sealed class Stock(int count) : System.Collections.IEnumerable
    {
        public int Count => count;

        public static Stock Create(ReadOnlySpan<(string, int)> items) => new(items.Length);

        public IEnumerator<(string, int)> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public static string Tuples_and_deconstruction()
    {
        var (sum, product) = Both(3, 4);
        var point = new Point(1, 2);
        var (x, y) = point;
        (x, y) = (y, x);
        var named = (Left: x, Right: (Inner: y, Other: "o"));
        (int a, _, (_, var b)) = (1, 2, (3, named.Right.Other));
        return $"{sum} {product} {x}{y} {named} {a}{b} {(1, 2) == (x - 1, y + 1)} " +
            $"{ToString((1, 2, 3, 4, 5, 6, 7, 8, 9))}";

        static (int Sum, int Product) Both(int left, int right) => (left + right, left * right);

        static string ToString((int, int, int, int, int, int, int, int, int) nine) => nine.Item9.ToString();
    }

    readonly struct Point(int x, int y)
    {
        public void Deconstruct(out int px, out int py) => (px, py) = (x, y);
    }

    public static string Anonymous_types()
    {
        var item = new { Name = "n", Size = 2 };
        var other = item with { Size = 3 };
        return $"{item} {other} {item.Equals(new { Name = "n", Size = 2 })} " +
            $"{item.GetHashCode() == other.GetHashCode()}";
    }

    public static string Query_syntax()
    {
        var words = new[] { "weave", "anything", "that", "a", "compiler", "emits" };
        var query =
            from word in words
            let length = word.Length
            where length > 1
            from letter in word.Take(2)
            join other in words on letter equals other[0] into others
            orderby length descending, word
            group (word, Count: others.Count()) by length into byLength
            select $"{byLength.Key}:{string.Join(",", byLength.Select(pair => pair.word + pair.Count))}";
        return string.Join(" ", query);
    }

    public static string Utf8_literals_and_strings()
    {
        ReadOnlySpan<byte> bytes = "wéave"u8;
        var raw = $$"""{"n": {{Add(1, 2)}}}""";
        var aligned = $"{$"{3.14159:F2}",8}|{1,-3}| \e[0m".Replace("\e", "E");
        return $"{bytes.Length} {Encoding.UTF8.GetString(bytes[..3])} {raw} {aligned}";
    }

    [InterpolatedStringHandler]
    ref struct Handler(int literalLength, int holes, bool enabled, out bool proceed)
    {
        readonly StringBuilder text = Start(proceed = enabled);

        static StringBuilder Start(bool enabled) => new(enabled ? "+" : "-");

        public readonly void AppendLiteral(string literal) => text.Append(literal);

        public readonly void AppendFormatted<T>(T value) => text.Append('<').Append(value).Append('>');

        public readonly string Finish() => text.ToString();
    }

    static string Format(bool enabled, [InterpolatedStringHandlerArgument(nameof(enabled))] Handler handler) =>
        handler.Finish();

    public static string Interpolation_handlers()
    {
        var calls = 0;
        return $"{Format(true, $"a{++calls}b")} {Format(false, $"a{++calls}b")} {calls}";
    }

    public static string Index_and_range()
    {
        var log = new Log();
        var numbers = new[] { 1, 2, 3, 4 };
        log.Add(numbers[1..^1]);
        log.Add(numbers[^1]);
        log.Try(() => numbers[^5]);
        log.Add("weave"[..2]);
        return log.ToString();
    }

    static int counter;

    static ref int Counter() => ref counter;

    public static string Evaluation_order()
    {
        var log = new Log();
        counter = 0;
        var cells = new int[8];
        cells[Counter()++] += Counter()++ * 10 + cells[Counter()++] + (Counter() += 5);
        log.Add(cells);
        var text = Name("a") + Name("b", third: Name("c"), second: Name("d"));
        log.Add(text);
        return log.ToString();

        string Name(string first, string second = "", string third = "")
        {
            log.Add(first);
            return first + second + third;
        }
    }

    public static string Lambdas()
    {
        Func<int, int> square = static n => n * n;
        var add = (int left, int right = 10) => left + right;
        var choose = object (bool text) => text ? "text" : 1;
        Func<int, Func<int, int>> curried = a => b => a - b;
        Action<int>? none = null;
        none?.Invoke(square(0));
        var attributed = [MethodImpl(MethodImplOptions.NoInlining)] (ref int n, out int old) => old = n++;
        var number = 1;
        attributed(ref number, out var before);
        return $"{square(4)} {add(1)} {add(1, 2)} {choose(true)} {choose(false)} {curried(5)(3)} {number}{before}" +
            $" {new[] { 3, 1, 2 }.OrderBy(n => -n).First()}";
    }

    public static string Anonymous_methods()
    {
        Func<int, int> old = delegate (int n) { return n > 0 ? n : throw new ArgumentException("old"); };
        Action ignoring = delegate { };
        ignoring();
        var log = new Log();
        log.Try(() => old(1));
        log.Try(() => old(0));
        return log.ToString();
    }
}
