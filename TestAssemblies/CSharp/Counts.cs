using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Scenarios;

/// <summary>Programs whose calls can be counted by reading them.</summary>
public static class Counts
{
    // Fact(3) and Fact(2): 7 calls, 2 of them primitive, 16 ticks.
    public static void Recursion()
    {
        Fact(3);
        Fact(2);
    }

    static void Fact(int n)
    {
        Time.Ticks += n;
        if (n > 0)
            Fact(n - 1);
        Time.Ticks += 1;
    }

    // A(4): A 3 calls, B 2 calls.
    public static void MutualRecursion() => A(4);

    static void A(int n)
    {
        Time.Ticks += 1;
        if (n > 0)
            B(n - 1);
        Time.Ticks += 1;
    }

    static void B(int n)
    {
        Time.Ticks += 10;
        if (n > 0)
            A(n - 1);
        Time.Ticks += 10;
    }

    // R -> X -> R -> X -> R.
    public static void RecursionThroughAnother() => R(2);

    static void R(int n)
    {
        Time.Ticks += 1;
        if (n > 0)
            X(n);
    }

    static void X(int n)
    {
        Time.Ticks += 100;
        R(n - 1);
    }

    // The exception passes through Middle and is caught in Outer, which goes on.
    public static void ExceptionThroughFrames() => Outer();

    static void Outer()
    {
        try
        {
            Middle();
        }
        catch (InvalidOperationException)
        {
            Time.Ticks += 3;
        }
        After();
    }

    static void Middle()
    {
        Time.Ticks += 1;
        Thrower();
        Time.Ticks += 1000;
    }

    static void Thrower()
    {
        Time.Ticks += 5;
        throw new InvalidOperationException();
    }

    static void After() => Time.Ticks += 2;

    // The lambda runs 3 times, the local function 2 times, each with its own captured variable.
    public static void Lambdas()
    {
        var step = 7;
        Action add = () => Time.Ticks += step;
        for (var i = 0; i < 3; i++)
            add();
        Local(1);
        Local(2);

        void Local(int times) => Time.Ticks += step * times;
    }

    // One row for all instantiations: 2 for int, 1 for string.
    public static void Generics()
    {
        Box<int>.Put(1);
        Box<int>.Put(2);
        Box<string>.Put("");
        Same(3.0);
    }

    static T Same<T>(T value)
    {
        Time.Ticks += 1;
        return value;
    }

    static class Box<T>
    {
        public static T? Put(T value)
        {
            Time.Ticks += 4;
            return Same(value);
        }
    }

    // Called once by each foreach; resumed for the second and third value and for the end.
    public static void Iterators()
    {
        var numbers = Numbers();
        foreach (var _ in numbers)
            Time.Ticks += 1000;
        foreach (var _ in numbers)
            Time.Ticks += 1000;
    }

    static IEnumerable<int> Numbers()
    {
        Time.Ticks += 1;
        yield return 1;
        Time.Ticks += 10;
        yield return 2;
        Time.Ticks += 100;
        yield return 3;
    }

    // Every value of the inner one passes through the outer one.
    public static void NestedIterators()
    {
        foreach (var _ in OuterNumbers())
            Time.Ticks += 1000;
    }

    static IEnumerable<int> OuterNumbers()
    {
        Time.Ticks += 1;
        foreach (var number in InnerNumbers())
            yield return number;
    }

    static IEnumerable<int> InnerNumbers()
    {
        Time.Ticks += 10;
        yield return 1;
        Time.Ticks += 20;
        yield return 2;
    }

    // An iterator for each of four levels; a value of the deepest passes through all.
    public static void RecursiveIterator()
    {
        foreach (var _ in Walk(3))
            Time.Ticks += 1000;
    }

    static IEnumerable<int> Walk(int depth)
    {
        Time.Ticks += 1;
        yield return depth;
        if (depth == 0)
            yield break;
        foreach (var deeper in Walk(depth - 1))
            yield return deeper;
    }

    // First: once through without a wait. Second: suspended, and resumed by the completion of the gate.
    public static void Async()
    {
        var gate = new TaskCompletionSource();
        var task = AsyncOuter(gate.Task);
        Time.Ticks += 1000;
        gate.SetResult();
        task.GetAwaiter().GetResult();
    }

    static async Task<int> AsyncOuter(Task gate)
    {
        Time.Ticks += 1;
        await AsyncInner(Task.CompletedTask);
        Time.Ticks += 2;
        var result = await AsyncInner(gate);
        Time.Ticks += 4;
        AfterAwait();
        return result;
    }

    static async Task<int> AsyncInner(Task gate)
    {
        Time.Ticks += 10;
        await gate;
        Time.Ticks += 20;
        return 1;
    }

    static void AfterAwait() => Time.Ticks += 50;

    // Builders and promises that the methods hold themselves, in locals that are kept over an await or yield. To complete
    // them ends no method.
    public static void CompletionSources()
    {
        OwnBuilder().GetAwaiter().GetResult();
        Consume().GetAwaiter().GetResult();
        foreach (var _ in OwnBuilderOfIterator())
        {
        }
    }

    static async Task OwnBuilder()
    {
        var builder = AsyncTaskMethodBuilder.Create();
        var task = builder.Task;
        Step();
        builder.SetResult();
        Step();
        await task;
        Step();
        await builder.Task;
    }

    static async Task Consume()
    {
        await foreach (var _ in OwnPromise())
        {
        }
    }

    static async IAsyncEnumerable<int> OwnPromise()
    {
        var promise = new ManualResetValueTaskSourceCore<bool>();
        promise.SetResult(true);
        Step();
        yield return promise.Version;
        promise.Reset();
        promise.SetException(new InvalidOperationException());
        Step();
    }

    static IEnumerable<int> OwnBuilderOfIterator()
    {
        var builder = AsyncTaskMethodBuilder.Create();
        try
        {
            Step();
            yield return builder.Task.Id;
            builder.SetResult();
            Step();
        }
        finally
        {
            builder.Task.Wait();
        }
    }

    static void Step() => Time.Ticks += 1;

    // Each of the 4 threads calls Work 1000 times, and Work calls Leaf 3 times.
    public static void FourThreads()
    {
        var threads = new List<Thread>();
        for (var i = 0; i < 4; i++)
        {
            var thread = new Thread(RunThread) { Name = $"worker {i}" };
            thread.Start();
            threads.Add(thread);
        }
        foreach (var thread in threads)
            thread.Join();
    }

    static void RunThread()
    {
        for (var i = 0; i < 1000; i++)
            Work();
    }

    static void Work()
    {
        for (var i = 0; i < 3; i++)
            Leaf();
    }

    static void Leaf()
    {
    }
}
