using System.Collections;
using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Scenarios.Naming;

interface ISum<T>
    where T : ISum<T>
{
    static abstract T operator -(T left, T right);
}

/// <summary>Members of extension blocks.</summary>
public static class Orders
{
    extension(Order order)
    {
        public int Thrice
        {
            get => 3 * order.Total;
            set => order.Total = value / 3;
        }

        public int Plus(int more) => order.Total + more;

        public static Order operator *(Order left, int factor) => new(left.Total * factor);
    }
}

/// <summary>A member of each kind, for their names.</summary>
public class Order : IDisposable, IEnumerable<int>, ISum<Order>
{
    static readonly int Limit = int.Parse("3");
    event Action? changed;

    public Order()
    {
    }

    public Order(int total) => Total = total;

    ~Order() => Limit.ToString();

    public int Total { get; set; }

    public int Twice => 2 * Total;

    public event Action Changed
    {
        add => changed += value;
        remove => changed -= value;
    }

    public int this[int index]
    {
        get => index;
        set => Total = value;
    }

    public static Order operator +(Order left, Order right) => new(left.Total + right.Total);

    public static Order operator checked +(Order left, Order right) => new(checked(left.Total + right.Total));

    static Order ISum<Order>.operator -(Order left, Order right) => new(left.Total - right.Total);

    public static implicit operator int(Order order) => order.Total;

    public static explicit operator string(Order order) => order.ToString()!;

    public static explicit operator byte(Order order) => (byte)order.Total;

    public static explicit operator checked byte(Order order) => checked((byte)order.Total);

    public void operator +=(int more) => Total += more;

    public void operator checked +=(int more) => Total = checked(Total + more);

    void IDisposable.Dispose() => changed?.Invoke();

    IEnumerator<int> IEnumerable<int>.GetEnumerator()
    {
        yield return Total;
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<int>)this).GetEnumerator();

    public static T Same<T>(T value) => value;

    public string Load(string name) => name;

    public string Load(string[] names, ref int count, List<int?>? list) => names[count] + list;

    public async Task<int> LoadAsync()
    {
        await Task.Yield();
        return Apply(() => Total) + await Inner();

        async Task<int> Inner()
        {
            await Task.Yield();
            return Deeper(1);

            static int Deeper(int n) => n;
        }
    }

    static int Apply(Func<int> function) => function();

    public static (Func<int>, Func<int>) TwoOnALine() => (() => 1, () => 2);

    public Func<Task> AsyncLambda() => async () => await Task.Yield();

    class Cache<TKey, TValue>
    {
        public class Entry
        {
            public static TOther? Get<TOther>(TKey key, TValue value) => default;
        }
    }
}

/// <summary>Left alone as a whole.</summary>
[NoProfile]
public class Unprofiled
{
    public int Value { get; set; }

    class Nested
    {
        public static int One() => 1;
    }
}

/// <summary>Left alone in part.</summary>
public class PartlyProfiled
{
    [NoProfile]
    public int Hidden => Count([1, 2]);

    [NoProfile]
    public Func<int> Quiet()
    {
        return () => Local();

        static int Local() => 4;
    }

    [NoProfile]
    public async Task QuietAsync() => await Task.Yield();

    static int Count(int[] numbers) => numbers.Length;
}

public record Point(int X, int Y);
