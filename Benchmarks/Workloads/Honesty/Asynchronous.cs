using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads.Honesty;

/// <summary>Async methods that await others, of which every fourth suspends.</summary>
[NoProfile]
public static class Asynchronous
{
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("A", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.A().GetAwaiter().GetResult()); }),
        new("B", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.B().GetAwaiter().GetResult()); }),
        new("C", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.C().GetAwaiter().GetResult()); }),
        new("D", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.D().GetAwaiter().GetResult()); }),
        new("E", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.E().GetAwaiter().GetResult()); }),
        new("F", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.F().GetAwaiter().GetResult()); }),
        new("G", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.G().GetAwaiter().GetResult()); }),
        new("H", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.H().GetAwaiter().GetResult()); }),
        new("I", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.I().GetAwaiter().GetResult()); }),
        new("J", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.J().GetAwaiter().GetResult()); }),
        new("K", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.K().GetAwaiter().GetResult()); }),
        new("L", 600, calls => { for (var i = 0; i < calls; i++) Work.Keep(AsynchronousMethods.L().GetAwaiter().GetResult()); }),
    ];
}

/// <summary>What is profiled.</summary>
public static class AsynchronousMethods
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    static async ValueTask<int> Loop(int times)
    {
        var sum = 0;
        for (var i = 0; i < times; i++)
            sum += await Step(i);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async ValueTask<int> Step(int number)
    {
        if (number % 4 == 3)
            await new Immediate();
        return number + Work.Spin(8);
    }

    /// <summary>Suspends its awaiter and resumes it at once.</summary>
    [NoProfile]
    struct Immediate : INotifyCompletion
    {
        public readonly bool IsCompleted => false;

        public readonly Immediate GetAwaiter() => this;

        public readonly void GetResult()
        {
        }

        public readonly void OnCompleted(Action continuation) => continuation();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> A() => await Loop(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> B() => await Loop(2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> C() => await Loop(3);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> D() => await Loop(5);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> E() => await Loop(7);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> F() => await Loop(9);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> G() => await Loop(12);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> H() => await Loop(16);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> I() => await Loop(21);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> J() => await Loop(28);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> K() => await Loop(37);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> L() => await Loop(49);
}
