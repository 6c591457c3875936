namespace Scenarios.Corpus;

// MethodBoundaryAspect.Fody#17, #29, #33, #35; microsoft/coyote#39, #433; jbevain/cecil#931
public static class Generics
{
    static List<T> Wrap<T>(T value) => [value];

    static T? OrNull<T>(bool isNull, T value)
        where T : struct => isNull ? null : value;

    static T Make<T>()
        where T : new() => new();

    static string Name<T>(T? value)
        where T : class => value?.ToString() ?? typeof(T).Name;

    static unsafe int Size<T>(T value)
        where T : unmanaged => sizeof(T) + (value.Equals(default(T)) ? 0 : 100);

    static TResult Convert<T, TResult>(T value)
        where T : TResult => value;

    static string EnumName<T>(T value)
        where T : struct, Enum => Enum.GetName(value) ?? throw new ArgumentException("no such name");

    static Delegate Combine<T>(T first, T second)
        where T : Delegate => Delegate.Combine(first, second)!;

    static string NotNull<T>(T value)
        where T : notnull, IComparable<T> => value.CompareTo(value).ToString();

    class Outer<T>
        where T : IEquatable<T>
    {
        public class Inner<TKey>
            where TKey : notnull
        {
            readonly Dictionary<TKey, T> values = [];

            public T this[TKey key]
            {
                get => values[key];
                set => values[key] = value;
            }

            public struct Deepest<TLast>(Inner<TKey> inner, TLast last)
                where TLast : IEnumerable<TKey>
            {
                public IEnumerable<(TKey, T)> Pairs()
                {
                    foreach (var key in last)
                        yield return (key, inner[key]);
                }

                public int Count<TOther>(Func<TKey, T, TOther> make, TOther expected)
                {
                    var (self, comparer) = (inner, EqualityComparer<TOther>.Default);
                    return last.Count(key => comparer.Equals(make(key, self[key]), expected));
                }
            }
        }

        public static bool Same(T left, T right) => left.Equals(right);
    }

    public static string Generic_methods()
    {
        var log = new Log();
        log.Add(Wrap(1).Count + Wrap("a").Count);
        log.Add(OrNull(true, 1) is null);
        log.Add(OrNull(false, 'c'));
        log.Add(Make<List<int>>().Count + Make<int>());
        log.Add(Name<string>(null) + Name(new Version(1, 2)));
        log.Add(Size(1) + Size((1, 2L)));
        log.Add(Convert<string, object>("converted"));
        log.Try(() => EnumName(DayOfWeek.Friday));
        log.Try(() => EnumName((DayOfWeek)9));
        log.Add(Combine(() => { }, () => { }).GetInvocationList().Length);
        log.Add(NotNull(3) + NotNull("x"));
        return log.ToString();
    }

    public static string Nested_generic_types()
    {
        var log = new Log();
        var inner = new Outer<string>.Inner<int> { [1] = "one", [2] = "two" };
        var deepest = new Outer<string>.Inner<int>.Deepest<List<int>>(inner, [1, 2]);
        log.Add(string.Join(" ", deepest.Pairs()));
        log.Add(deepest.Count((key, value) => key + value.Length, 5));
        log.Try(() => string.Join(" ", new Outer<string>.Inner<int>.Deepest<int[]>(inner, [3]).Pairs()));
        log.Add(Outer<int>.Same(1, 1));
        return log.ToString();
    }

    abstract class Repository<TSelf, T>
        where TSelf : Repository<TSelf, T>, new()
    {
        public static TSelf Instance { get; } = new();

        protected abstract T Load(string key);

        public virtual TOther Get<TOther>(string key, Func<T, TOther> convert) => convert(Load(key));
    }

    sealed class Lengths : Repository<Lengths, int>
    {
        protected override int Load(string key) => key.Length > 0 ? key.Length : throw new ArgumentException("empty");

        public override TOther Get<TOther>(string key, Func<int, TOther> convert) => base.Get(key + "!", convert);
    }

    public static string Curiously_recurring_types()
    {
        var log = new Log();
        log.Add(Lengths.Instance.Get("abc", length => new string('x', length)));
        Repository<Lengths, int> repository = Lengths.Instance;
        log.Add(repository.Get("", length => length));
        return log.ToString();
    }

    interface IVisitor<out TResult>
    {
        TResult Visit<T>(T value)
            where T : IFormattable;
    }

    sealed class Formatter(string format) : IVisitor<string>
    {
        public string Visit<T>(T value)
            where T : IFormattable => value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string Generic_virtual_methods()
    {
        var log = new Log();
        IVisitor<object> visitor = new Formatter("x");
        log.Add(visitor.Visit(255));
        log.Add(visitor.Visit(16L));
        log.Try(() => visitor.Visit(1.5));
        return log.ToString();
    }

    struct Stateful : IDisposable
    {
        public int Calls;

        public void Dispose() => Calls++;
    }

    static int Constrained<T>(ref T value)
        where T : IDisposable
    {
        value.Dispose();
        using (value)
            value.Dispose();
        return value.GetHashCode() == 0 ? 1 : 0;
    }

    public static string Constrained_calls()
    {
        var stateful = new Stateful();
        Constrained(ref stateful);
        return stateful.Calls.ToString();
    }
}
