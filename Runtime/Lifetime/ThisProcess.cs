using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>What the running program is called.</summary>
static class ThisProcess
{
    /// <summary>The name of the program: its entry assembly's, or the executable's if it was not started by
    /// .NET.</summary>
    public static string Name { get; } = FindName();

    /// <summary>The operating system's number for the process.</summary>
    public static int Id { get; } = FindId();

    static string FindName()
    {
        return Assembly.GetEntryAssembly()?.GetName().Name is { Length: > 0 } name ? name : FindExecutable();
    }

    // Apart: System.Diagnostics.Process is to be loaded only where it is needed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static string FindExecutable()
    {
        using var process = Process.GetCurrentProcess();
        return process.ProcessName;
    }

    static int FindId()
    {
#if NET8_0_OR_GREATER
        return Environment.ProcessId;
#else
        using var process = Process.GetCurrentProcess();
        return process.Id;
#endif
    }
}
