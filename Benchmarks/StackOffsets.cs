using System.Runtime.CompilerServices;

namespace ProfilerWeaver.Benchmarks;

/// <summary>
/// Runs each round at another depth of the stack. Where the stack happens to lie decides whether its slots are at the
/// same offset in their page as data that is read (4K aliasing), which changes the time of a call by a quarter; a
/// measurement at one depth is a matter of luck (Mytkowicz et al., "Producing wrong data without doing anything obviously
/// wrong!", ASPLOS 2009). The median over many depths is not.
/// </summary>
static class StackOffsets
{
    const int Page = 4096;

    [ThreadStatic]
    static int t_offset;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static unsafe double Next(Func<double> measure)
    {
        // Visits all multiples of 16 before one comes again.
        t_offset = (t_offset + 1488) % Page;
        var space = stackalloc byte[t_offset + 16];
        space[t_offset] = 0;
        return measure();
    }
}
