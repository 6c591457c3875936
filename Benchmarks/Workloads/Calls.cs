using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads;

/// <summary>One shape of call each. The loops around them are not woven, so that they cost the same in both copies of
/// this assembly.</summary>
public static class Calls
{
    static readonly object Something = new();
    static int s_sum;

    [NoProfile]
    public static void Empty(int calls)
    {
        for (var i = 0; i < calls; i++)
            Nothing();
    }

    [NoProfile]
    public static void Instance(int calls)
    {
        var adder = new Adder();
        for (var i = 0; i < calls; i++)
            adder.Add(i, 1, Something);
        s_sum = adder.Sum;
    }

    [NoProfile]
    public static void Fib(int calls)
    {
        // fib(20) makes 21891 calls.
        for (var i = 0; i < calls; i += 21891)
            s_sum += Fibonacci(20);
    }

    [NoProfile]
    public static void Exceptions(int calls)
    {
        for (var i = 0; i < calls; i += 10)
        {
            try
            {
                ThrowThrough(9);
            }
            catch (InvalidOperationException)
            {
                s_sum++;
            }
        }
    }

    [NoProfile]
    public static void External(int calls)
    {
        for (var i = 0; i < calls; i += 100)
            CallExternal(Something);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Nothing()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void ThrowThrough(int frames)
    {
        if (frames == 0)
            throw new InvalidOperationException();
        ThrowThrough(frames - 1);
        s_sum++;
    }

    // One recorded call for a hundred external ones: its own cost does not show.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void CallExternal(object something)
    {
        for (var i = 0; i < 100; i++)
            GC.KeepAlive(something);
    }

    sealed class Adder
    {
        public int Sum;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public int Add(int left, int right, object something) => Sum = left + right;
    }
}
