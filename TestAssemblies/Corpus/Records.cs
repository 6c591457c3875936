namespace Scenarios.Corpus;

// Fody/NullGuard#598, Singulink/RuntimeNullables#6: init-only setters return "void modreq(IsExternalInit)"
public static class Records
{
    record Person(string Name, int Age)
    {
        public string? Nick { get; init; }

        public int Score
        {
            get => field;
            init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), "negative");
        }
    }

    sealed record Employee(string Name, int Age, decimal Salary) : Person(Name, Age)
    {
        public override string ToString() => $"{base.ToString()} earns {Salary}";
    }

    readonly record struct Point(int X, int Y)
    {
        public Point(int both)
            : this(both, both)
        {
        }

        public double Length => Math.Sqrt(X * X + Y * Y);

        public static Point operator +(Point left, Point right) => new(left.X + right.X, left.Y + right.Y);
    }

    record struct Mutable(int Value)
    {
        public int Value { get; set; } = Value < 0 ? throw new ArgumentException("negative") : Value;
    }

    record Node<T>(T Value, Node<T>? Next = null)
        where T : notnull;

    sealed class Required
    {
        public required string Name { get; init; }

        public required int Size;

        public int Twice => Size * 2;
    }

    class Counter(int start, Log log)
    {
        readonly int doubled = start * 2;

        public int Next() => ++start;

        public int Doubled
        {
            get
            {
                log.Add($"doubled {start}");
                return doubled;
            }
        }
    }

    sealed class NamedCounter(string name, int start, Log log) : Counter(name.Length + start, log)
    {
        public override string ToString() => $"{name} {Next()} {start}";
    }

    struct Size(int width, int height)
    {
        public int Width { get; } = width;

        public int Area() => Width * height;
    }

    public static string Record_classes()
    {
        var log = new Log();
        var ann = new Person("Ann", 30) { Nick = "A", Score = 1 };
        var older = ann with { Age = 31 };
        Person bob = new Employee("Bob", 40, 1.5m);
        log.Add(ann);
        log.Add(older == ann);
        log.Add(ann with { } == ann);
        log.Add(bob with { Name = "Rob" });
        log.Add(ann.Equals(bob));
        var (name, age) = older;
        log.Add(name + age);
        log.Try(() => ann with { Score = -1 });
        log.Add(new Node<int>(1, new Node<int>(2)) == new Node<int>(1, new Node<int>(2)));
        return log.ToString();
    }

    public static string Record_structs()
    {
        var log = new Log();
        var point = new Point(3) + new Point(0, 1) with { X = 0 };
        log.Add(point);
        log.Add(point.Length);
        log.Add(point.GetHashCode() == new Point(3, 4).GetHashCode());
        var mutable = new Mutable(1);
        mutable.Value++;
        log.Add(mutable);
        log.Try(() => new Mutable(-1));
        return log.ToString();
    }

    public static string Required_members()
    {
        var required = new Required { Name = "r", Size = 4 };
        return $"{required.Name} {required.Twice}";
    }

    public static string Primary_constructors()
    {
        var log = new Log();
        var counter = new NamedCounter("abc", 10, log);
        log.Add(counter.Next());
        log.Add(counter.Doubled);
        log.Add(counter);
        log.Try(() => new NamedCounter(null!, 1, log));
        log.Add(new Size(2, 3).Area() + default(Size).Area());
        return log.ToString();
    }
}
