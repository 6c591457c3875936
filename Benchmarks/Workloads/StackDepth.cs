using System.Runtime.CompilerServices;

namespace Workloads;

/// <summary>How deep recursions go on a stack of 1 MiB, as programs that guard themselves find out.</summary>
public static class StackDepth
{
    const int Stack = 1 << 20;
    const int Rounds = 64;
    const int LevelsToWarmUp = 64;

    /// <summary>A method that calls itself.</summary>
    public static int Itself() => Measure(static () => new Direct());

    /// <summary>A visitor: a virtual call and one with more arguments.</summary>
    public static int Visitor() => Measure(static () => new Visited());

    /// <summary>Small methods, which the JIT compiles into their caller.</summary>
    public static int SmallMethods() => Measure(static () => new Small());

    /// <summary>An enumeration in each level, with calls of external methods.</summary>
    public static int ExternalCalls() => Measure(static () => new External());

    static int Measure(Func<Recursion> make)
    {
        // Twice, with a pause in which .NET compiles it for good, in its background.
        for (var pass = 0; pass < 2; pass++)
        {
            for (var round = 0; round < Rounds; round++)
                Run(make, LevelsToWarmUp);
            Thread.Sleep(300);
        }
        return Run(make, int.MaxValue);
    }

    static int Run(Func<Recursion> make, int limit)
    {
        var recursion = make();
        recursion.Limit = limit;
        var thread = new Thread(() =>
        {
            try
            {
                recursion.Go(0);
            }
            catch (InsufficientExecutionStackException)
            {
            }
        }, Stack);
        thread.Start();
        thread.Join();
        return recursion.Depth;
    }

    abstract class Recursion
    {
        public int Depth { get; protected set; }

        public int Limit { get; set; }

        public abstract long Go(int n);

        protected bool Descend(int n)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            Depth = n;
            return n < Limit;
        }
    }

    sealed class Direct : Recursion
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public override long Go(int n) => Descend(n) ? Go(n + 1) + 1 : 0;
    }

    sealed class Visited : Recursion
    {
        public override long Go(int n) => Descend(n) ? Accept(n, "a", 1) + 1 : 0;

        [MethodImpl(MethodImplOptions.NoInlining)]
        long Accept(int n, string text, double number) => Go(n + 1) + text.Length + (long)number;
    }

    sealed class Small : Recursion
    {
        public override long Go(int n) => Descend(n) ? A(n) + 1 : 0;

        long A(int n) => B(n) + 1;

        long B(int n) => C(n) + 1;

        long C(int n) => D(n) + 1;

        long D(int n) => Go(n + 1) + 1;
    }

    sealed class External : Recursion
    {
        public override long Go(int n) => Descend(n) ? Math.Max(n, Use(n)) + 1 : 0;

        [MethodImpl(MethodImplOptions.NoInlining)]
        long Use(int n)
        {
            long sum = 0;
            foreach (var next in new List<int> { n + 1 })
                sum += Go(next);
            return sum;
        }
    }
}
