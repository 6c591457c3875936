using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Scenarios.Corpus;

// What compilers and generators make names for: the rows bear what the user wrote.
public static partial class Nameless
{
    public static string Transparent_identifiers()
    {
        var query =
            from number in new[] { 1, 2, 3 }
            let twice = number * 2
            let more = twice + number
            from other in new[] { more, twice }
            where other > 3
            select new { Number = number, Twice = twice, More = more, Other = other };
        return string.Join(" ", query);
    }

    public static string Read_only_collections()
    {
        var log = new Log();
        log.Add(One(7));
        log.Add(Known(7));
        log.Add(Many(One(7)));
        log.Add(One(7).Contains(7) + " " + Known(1)[1]);
        return log.ToString();

        static IReadOnlyList<int> One(int n) => [n];

        static IReadOnlyList<int> Known(int n) => [n, n + 1, n + 2];

        static IEnumerable<int> Many(IEnumerable<int> n) => [0, .. n];
    }

    class Shelf
    {
        public virtual IEnumerable<int> Numbers()
        {
            yield return 1;
        }

        public virtual int Size(int unit) => unit;

        public virtual int Size(string unit) => unit.Length;

        public virtual T Same<T>(T item) => item;

        public virtual int Level { get; set; }
    }

    sealed class DeepShelf : Shelf
    {
        public override int Level
        {
            get => new Func<int>(() => base.Level + 1)();
            set => new Action(() => base.Level = value)();
        }

        public override IEnumerable<int> Numbers()
        {
            foreach (var number in base.Numbers())
                yield return number + base.Size(1);
        }

        public override int Size(int unit) => new Func<int>(() => base.Size(unit) + base.Size("four"))();

        public override T Same<T>(T item) => new Func<T>(() => base.Same(item))();

        public async Task<string> SameAsync()
        {
            await Task.Yield();
            return base.Same("later") + base.ToString()![..3];
        }
    }

    public static async Task<string> Base_calls()
    {
        var shelf = new DeepShelf { Level = 2 };
        return $"{string.Join(",", shelf.Numbers())} {shelf.Size(2)} {shelf.Same(3)} {await shelf.SameAsync()} {shelf.Level}";
    }

    [GeneratedRegex("(?<word>[a-z]+)-(?:one|two)+", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex(@"^\d{3}$")]
    private static partial Regex Number { get; }

    public static string Generated_regular_expressions() =>
        $"{Words().Matches("a-one b-two c-three").Count} {Number.IsMatch("123")} {Words().Replace("x-one", "${word}")}";

    internal sealed record Basket(string Owner, List<Line> Lines);

    internal sealed record Line(string Name, int Count);

    [JsonSerializable(typeof(Basket))]
    internal sealed partial class Json : JsonSerializerContext;

    public static string Generated_serializers()
    {
        var text = JsonSerializer.Serialize(new Basket("me", [new("tea", 2)]), Json.Default.Basket);
        var basket = JsonSerializer.Deserialize(text, Json.Default.Basket)!;
        return $"{text} {basket.Lines[0] with { Count = 3 }}";
    }

    sealed class Plain;

    sealed class Initialized
    {
        public readonly int Number = int.Parse("3");

        public readonly Func<int> Function = () => int.Parse("4");
    }

    sealed class Constructed
    {
        public readonly int Number = int.Parse("3");

        public Constructed(int more)
        {
            Number += more;
        }

        public Constructed()
            : this(int.Parse("5"))
        {
        }
    }

    sealed class Primary(int more)
    {
        readonly int number = int.Parse("3");

        public int Sum => number + more;
    }

    public static string Constructors_of_each_kind() =>
        $"{new Plain().GetType().Name} {new Initialized().Number + new Initialized().Function()} " +
        $"{new Constructed().Number} {new Primary(1).Sum}";

    interface ILevel
    {
        int Level { get; set; }

        int this[int index] { get; }

        event Action? Changed;

        int Twice() => 2 * Level;
    }

    interface ILevel<T>
    {
        T Of<TOther>(T level, TOther other);
    }

    sealed class Explicit : ILevel, ILevel<Dictionary<string, List<int>>>
    {
        int ILevel.Level { get; set; }

        int ILevel.this[int index] => new Func<int>(() => index + ((ILevel)this).Level)();

        event Action? ILevel.Changed
        {
            add => new Action(() => ((ILevel)this).Level++)();
            remove => ((ILevel)this).Level--;
        }

        Dictionary<string, List<int>> ILevel<Dictionary<string, List<int>>>.Of<TOther>(
            Dictionary<string, List<int>> level, TOther other) => Local(() => level);

        static T Local<T>(Func<T> function) => function();
    }

    public static string Explicit_implementations()
    {
        ILevel level = new Explicit();
        level.Changed += null;
        level.Level += 2;
        level.Changed -= null;
        return $"{level.Level} {level[3]} {level.Twice()} {((ILevel<Dictionary<string, List<int>>>)level).Of([], 1).Count}";
    }

    [InlineArray(4)]
    struct Four
    {
        int first;
    }

    static int Sum(params ReadOnlySpan<int> numbers)
    {
        var sum = 0;
        foreach (var number in numbers)
            sum += number;
        return sum;
    }

    unsafe struct Buffer
    {
        public fixed byte Bytes[4];
    }

    public static unsafe string Buffers_and_pointers()
    {
        var four = new Four();
        four[2] = 5;
        Buffer buffer = default;
        buffer.Bytes[1] = 7;
        delegate*<int, int> pointer = &Twice;
        Span<int> onStack = stackalloc int[] { 1, 2 };
        return $"{four[2]} {Sum(four[1..])} {buffer.Bytes[1]} {pointer(4)} {Pass(pointer, 5)} {Sum(1, 2, 3)} {onStack.Length}";

        static int Twice(int n) => 2 * n;
    }

    static unsafe int Pass(delegate*<int, int> function, int n) => function(n);

    static int Pass(Func<int, int> function, int n) => function(n);

    static int Choose(object value) => value switch
    {
        int and > 3 => 1,
        string { Length: > 2 } text when Local(text) => 2,
        int[] and [1, .. var rest] => rest.Length,
        IEnumerable<int> numbers => numbers.Count(n => n > Pass(m => m, 1)),
        _ => throw new ArgumentException(null),
    };

    static bool Local(string text) => text.Length > 0;

    public static string Patterns()
    {
        var log = new Log();
        foreach (var value in new object[] { 5, "text", new[] { 1, 2, 3 }, new List<int> { 4 }, 1 })
            log.Try(() => Choose(value));
        return log.ToString();
    }

    static Action<int>? onChange;

    static event Action<int> Change
    {
        add => onChange += value;
        remove => onChange -= value;
    }

    public static string Static_lambdas_and_method_groups()
    {
        var sum = 0;
        Change += Add;
        onChange!(2);
        Change -= Add;
        Func<int, int, int> largest = Math.Max;
        return $"{sum} {largest(1, 2)} {new[] { 3, 4 }.Select(Double).Sum()} {Nested(2)(3)(4)}";

        void Add(int n) => sum += n;

        static int Double(int n) => n * 2;

        static Func<int, Func<int, int>> Nested(int a) => b => c =>
        {
            return Inner() + Inner();

            int Inner() => a + b + c;
        };
    }

    public static async Task<string> Local_functions_in_everything()
    {
        var log = new Log();
        await foreach (var number in Numbers(2))
            log.Add(number);
        log.Add(new Many(3)[1] + new Many(3).Level + (int)new Many(4));
        return log.ToString();

        static async IAsyncEnumerable<int> Numbers(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return Next(i);
            }

            static int Next(int n) => n + 1;
        }
    }

    readonly struct Many
    {
        readonly int count;

        public Many(int count)
        {
            this.count = Check(count);

            static int Check(int n) => n;
        }

        public int this[int index]
        {
            get
            {
                var own = count;
                return Local();

                int Local() => own + index;
            }
        }

        public int Level
        {
            get
            {
                return Local();

                static int Local() => 1;
            }
        }

        public static explicit operator int(Many many)
        {
            return Local(many);

            static int Local(Many many) => many.count;
        }
    }
}
