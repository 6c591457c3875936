using System.Runtime.CompilerServices;

namespace Scenarios.Corpus;

// MethodBoundaryAspect.Fody#87, CrossCutterN#7, Fody/NullGuard#51, pamidur/aspect-injector#140
public static class Constructors
{
    class Base
    {
        protected readonly Log Log;

        public Base(Log log, string name)
        {
            Log = log;
            Log.Add($"base {name}");
            Virtual();
            if (name == "fail")
                throw new InvalidOperationException("base");
        }

        protected Base(Log log, Func<string> name)
            : this(log, name())
        {
        }

        protected virtual void Virtual() => Log.Add("virtual in base");
    }

    class Derived : Base
    {
        readonly string initialized = Make("initializer");

        public Derived(Log log, bool first)
            : base(log, first ? Name(log, "first") : Name(log, "second"))
        {
            Log.Add($"derived {initialized}");
            if (first)
                return;
            Log.Add("not first");
        }

        public Derived(Log log, int number)
            : this(log, number switch { < 0 => throw new ArgumentException("negative"), 0 => false, _ => true })
        {
            try
            {
                Log.Add(10 / (number - 1));
            }
            catch (DivideByZeroException)
            {
                Log.Add("division");
                return;
            }
            Log.Add("rest");
        }

        public Derived(Log log, string captured)
            : base(log, () => captured + captured.Length)
        {
            captured = captured.ToUpperInvariant();
            Func<string> late = () => captured;
            Log.Add(late());
        }

        public Derived(Log log, string? name, string fallback)
            : base(log, name ?? new string(fallback.Reverse().ToArray()))
        {
        }

        public Derived(Log log, out int assigned, ref int counted)
            : base(log, $"{counted++}")
        {
            assigned = counted;
            if (counted > 100)
                throw new InvalidOperationException("over a hundred");
        }

        protected override void Virtual() => Log.Add($"virtual in derived {initialized ?? "null"}");
    }

    static string Name(Log log, string name)
    {
        log.Add($"argument {name}");
        return name;
    }

    static string Make(string text) => text;

    public static string Chains_with_conditional_arguments()
    {
        var log = new Log();
        log.Try(() => new Derived(log, true).GetType().Name);
        log.Try(() => new Derived(log, false).GetType().Name);
        foreach (var number in new[] { -1, 0, 1, 2 })
            log.Try(() => new Derived(log, number).GetType().Name);
        log.Try(() => new Derived(log, null, "cba").GetType().Name);
        log.Try(() => new Derived(log, "name", "cba").GetType().Name);
        return log.ToString();
    }

    public static string Closures_in_base_arguments()
    {
        var log = new Log();
        log.Try(() => new Derived(log, "captured").GetType().Name);
        return log.ToString();
    }

    public static string A_base_constructor_that_throws()
    {
        var log = new Log();
        log.Try(() => new Derived(log, "fail", "").GetType().Name);
        log.Try(() => new Base(log, "fail").GetType().Name);
        return log.ToString();
    }

    public static string Reference_arguments()
    {
        var log = new Log();
        var (assigned, counted) = (0, 5);
        new Derived(log, out assigned, ref counted);
        log.Add(assigned + counted);
        counted = 200;
        log.Try(() => new Derived(log, out assigned, ref counted).GetType().Name);
        log.Add(assigned);
        return log.ToString();
    }

    class Generic<T>(T value)
    {
        public T Value { get; } = value;
    }

    class Middle<T, TOther> : Generic<Dictionary<T, TOther>>
        where T : notnull
    {
        public Middle(T key, TOther value)
            : base(new() { [key] = value })
        {
        }
    }

    sealed class Closed : Middle<string, int>
    {
        public Closed(int size)
            : base(new string('x', size), size > 1 ? size : throw new ArgumentException("small"))
        {
        }

        public Closed(params int[] sizes)
            : this(sizes.Length > 0 ? sizes[0] : 3)
        {
        }
    }

    public static string Generic_chains()
    {
        var log = new Log();
        log.Try(() => new Closed(2).Value.Single());
        log.Try(() => new Closed(1).Value.Single());
        log.Try(() => new Closed([]).Value.Single());
        return log.ToString();
    }

    struct Value
    {
        public int Number = 5;
        public string? Text;

        public Value(int number)
            : this() => Number += number;

        public Value(string text)
        {
            Text = text;
            if (text.Length == 0)
                throw new ArgumentException("empty");
        }

        // Calls a constructor of its own type on the way to the base constructor's arguments.
        public static explicit operator Value(string text) => text == "new" ? new Value() : new Value(text);
    }

    struct NoConstructor
    {
        public int Number;
    }

    sealed class HoldsValue : Generic<Value>
    {
        public HoldsValue(string text)
            : base(text is { Length: > 2 } ? new Value(text) : new Value(text.Length))
        {
        }
    }

    public static string Value_types()
    {
        var log = new Log();
        log.Add(new Value().Number + new Value(3).Number + default(Value).Number + new NoConstructor().Number);
        log.Try(() => new Value("").Number);
        log.Add(((Value)"new").Number);
        log.Add(new HoldsValue("text").Value.Text);
        log.Add(new HoldsValue("t").Value.Number);
        log.Add(new Value[2].Sum(value => value.Number));
        log.Add(Activator.CreateInstance<Value>().Number);
        return log.ToString();
    }

    sealed class NextToItself(NextToItself? next, int number)
    {
        public NextToItself(int number)
            : this(number > 0 ? new NextToItself(number - 1) : null, number)
        {
        }

        public int Sum => number + (next?.Sum ?? 0);
    }

    // The arguments of the chained constructor make other objects of the same type.
    public static string Objects_of_the_same_type_as_arguments() => new NextToItself(4).Sum.ToString();

    static readonly List<string> Order = [];

    static class Explicit
    {
        public static readonly int Value = Note("explicit field");

        static Explicit() => Note("explicit constructor");

        public static int Touch() => Value;
    }

    static class BeforeFieldInit
    {
        public static readonly int Value = Note("before field init");
    }

    static class Failing
    {
        public static int Value = int.Parse("x");

        static Failing() => Note("never");
    }

    static class GenericStatic<T>
    {
        public static string Name = typeof(T).Name;

        static GenericStatic() => Name += "!";
    }

    static int Note(string text)
    {
        lock (Order)
            Order.Add(text);
        return text.Length;
    }

    public static string Static_constructors()
    {
        var log = new Log();
        log.Add("before");
        var sum = Explicit.Touch() + BeforeFieldInit.Value;
        log.Add(sum);
        log.Try(() => Failing.Value);
        log.Try(() => Failing.Value);
        log.Add(GenericStatic<int>.Name + GenericStatic<string>.Name);
        log.Add(string.Join(", ", Order.Order()));
        return log.ToString();
    }

    static int finalized;

    class Finalized(bool fail)
    {
        ~Finalized()
        {
            try
            {
                if (fail)
                    throw new InvalidOperationException();
                Interlocked.Increment(ref finalized);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Add(ref finalized, 10);
            }
        }
    }

    sealed class FinalizedToo() : Finalized(true)
    {
        ~FinalizedToo() => Interlocked.Add(ref finalized, 100);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void MakeGarbage()
    {
        for (var i = 0; i < 3; i++)
        {
            new Finalized(false);
            new FinalizedToo();
        }
    }

    public static string Finalizers()
    {
        var before = Volatile.Read(ref finalized);
        MakeGarbage();
        for (var i = 0; i < 10 && Volatile.Read(ref finalized) - before < 333; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return (Volatile.Read(ref finalized) - before).ToString();
    }

    internal static class Initialized
    {
        public static string Text = "";

        [ModuleInitializer]
        internal static void Initialize()
        {
            Text += "module";
            if (Text.Length > 6)
                throw new InvalidOperationException("twice");
        }
    }

    public static string Module_initializers() => Initialized.Text;
}
