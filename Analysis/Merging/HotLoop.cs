using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>For loops over millions of contexts.</summary>
static class HotLoop
{
    /// <summary>Compiles a method at its first call as well as the JIT can, and not ahead of time: such code calls each accessor of another
    /// assembly, and a loop that is entered once would run to its end with it. (<c>MethodImplOptions.AggressiveOptimization</c>, which .NET
    /// Standard 2.0 has no name for.)</summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;
}
