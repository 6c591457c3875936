using System.Runtime.CompilerServices;

namespace Scenarios.Corpus;

// coverlet#1548: partial members
public static partial class Members
{
    readonly struct Money(long cents) : IComparable<Money>
    {
        public long Cents { get; } = cents;

        public static Money operator +(Money left, Money right) => new(left.Cents + right.Cents);

        public static Money operator checked +(Money left, Money right) => new(checked(left.Cents + right.Cents));

        public static Money operator -(Money money) => new(-money.Cents);

        public static Money operator ++(Money money) => new(money.Cents + 1);

        public static bool operator true(Money money) => money.Cents != 0;

        public static bool operator false(Money money) => money.Cents == 0;

        public static Money operator &(Money left, Money right) => left.Cents == 0 ? left : right;

        public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

        public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

        public static Money operator >>>(Money money, int shift) => new(money.Cents >>> shift);

        public static implicit operator Money(int euros) => new(euros * 100L);

        public static explicit operator int(Money money) =>
            money.Cents % 100 == 0 ? (int)(money.Cents / 100) : throw new InvalidCastException("cents are left");

        public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

        public override string ToString() => $"{Cents}c";
    }

    public static string Operators()
    {
        var log = new Log();
        Money money = 3;
        log.Add(money++ + -money);
        log.Add(money && (Money)0 ? "true" : "false");
        log.Add(money > 1);
        log.Add(money >>> 1);
        log.Try(() => (int)money);
        log.Try(() => (int)(Money)7);
        log.Try(() => checked(new Money(long.MaxValue) + 1).ToString());
        log.Try(() => (new Money(long.MaxValue) + 1).ToString());
        return log.ToString();
    }

    sealed class Tally
    {
        public int Count { get; private set; }

        public void operator +=(int by) => Count += by > 0 ? by : throw new ArgumentException("not positive");

        public void operator ++() => Count++;
    }

    public static string Compound_assignment_operators()
    {
        var log = new Log();
        var tally = new Tally();
        tally += 5;
        tally++;
        log.Add(tally.Count);
        log.Try(() => tally += -1);
        return log.ToString();
    }

    sealed class Table
    {
        readonly Dictionary<(int, string), int> cells = [];

        public int this[int row, string column]
        {
            get => cells.TryGetValue((row, column), out var cell)
                ? cell
                : throw new KeyNotFoundException($"{row}{column}");
            set => cells[(row, column)] = value;
        }

        [IndexerName("Item")]
        public Range this[Index index] => index.GetOffset(10)..;

        public event EventHandler? Changed;

        public event Action<int> Custom
        {
            add => Changed += (sender, _) => value(cells.Count);
            remove => throw new NotSupportedException("remove");
        }

        public void Raise() => Changed?.Invoke(this, EventArgs.Empty);
    }

    public static string Indexers_and_events()
    {
        var log = new Log();
        var table = new Table();
        table[1, "a"] = 5;
        table[1, "a"] += 2;
        log.Add(table[1, "a"]);
        log.Try(() => table[2, "b"]++);
        log.Add(table[^3]);
        EventHandler handler = (_, _) => log.Add("changed");
        table.Changed += handler;
        table.Custom += count => log.Add(count);
        table.Raise();
        table.Changed -= handler;
        table.Raise();
        log.Try(() => table.Custom -= _ => { });
        table.Changed += (_, _) => throw new InvalidOperationException("handler");
        log.Try(table.Raise);
        return log.ToString();
    }

    sealed class Validated
    {
        public string Name
        {
            get;
            set => field = value.Length > 0 ? value : throw new ArgumentException("empty");
        } = "none";

        public List<int> Lazy => field ??= [1, 2];
    }

    public static string Field_keyword()
    {
        var log = new Log();
        var validated = new Validated();
        log.Add(validated.Name);
        log.Try(() => validated.Name = "");
        validated.Name = "set";
        log.Add(validated.Name);
        log.Add(ReferenceEquals(validated.Lazy, validated.Lazy));
        return log.ToString();
    }

    partial class Partial
    {
        int stored;

        public partial int Value { get; set; }

        public partial int Compute(int by);

        partial void Unimplemented();

        partial void Optional(Log log);

        public partial Partial(int value);

        public void Call(Log log)
        {
            Unimplemented();
            Optional(log);
        }
    }

    partial class Partial
    {
        public partial int Value
        {
            get => stored;
            set => stored = value >= 0 ? value : throw new ArgumentException("negative");
        }

        public partial Partial(int value) => Value = value;

        public partial int Compute(int by) => Value / by;

        partial void Optional(Log log) => log.Add("optional");
    }

    public static string Partial_members()
    {
        var log = new Log();
        var partial = new Partial(12);
        log.Add(partial.Compute(3));
        log.Try(() => partial.Compute(0));
        log.Try(() => partial.Value = -1);
        partial.Call(log);
        return log.ToString();
    }

    public static string Readonly_struct_this()
    {
        var span = new Span2(1, 9);
        return $"{span.Length} {span.Move(2)} {span.Same(in span)} {default(Span2).Length}";
    }

    readonly struct Span2(int start, int end)
    {
        readonly int start = start;
        readonly int end = end;

        public int Length => end - start;

        public Span2 Move(int by) => new(start + by, end + by);

        public bool Same(in Span2 other) => Unsafe.AreSame(in this, in other) || this.Equals(other);

        public override string ToString() => $"{start}..{end}";
    }

    struct Self
    {
        public int Value;

        public void Replace(int value) => this = new Self { Value = value };

        public readonly Self Copy() => this;
    }

    public static string Assigning_this_in_a_struct()
    {
        var self = new Self();
        self.Replace(4);
        var copy = self.Copy();
        copy.Replace(5);
        return $"{self.Value} {copy.Value}";
    }
}
