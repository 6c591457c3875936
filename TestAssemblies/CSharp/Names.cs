using System.Collections;
using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Scenarios.Naming;

/// <summary>A member of each kind, for their names.</summary>
public class Order : IDisposable, IEnumerable<int>
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

    public static implicit operator int(Order order) => order.Total;

    public static explicit operator string(Order order) => order.ToString()!;

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
