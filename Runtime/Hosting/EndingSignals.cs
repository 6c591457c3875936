#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace ProfilerWeaver;

/// <summary>The signals that end a process unless it handles them. .NET 10 raises no ProcessExit for them.</summary>
static class EndingSignals
{
#if NET8_0_OR_GREATER
    static readonly PosixSignal[] All = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
    static readonly PosixSignalRegistration?[] Registered = new PosixSignalRegistration?[All.Length];

    /// <summary>Has <paramref name="action"/> run when such a signal arrives, on a thread of its own. What follows is what
    /// would have followed without it: the program's handlers, and the end of the process if none of them cancels
    /// it.</summary>
    public static void Watch(Action action)
    {
        for (var i = 0; i < All.Length; i++)
        {
            try
            {
                Registered[i] = PosixSignalRegistration.Create(All[i], _ => action());
            }
            catch (Exception e) when (e is IOException or PlatformNotSupportedException)
            {
                // The live file holds the profile all the same.
            }
        }
    }
#else
    /// <summary>Older versions of .NET have no way to watch a signal without handling it. The live file holds the profile
    /// all the same.</summary>
    public static void Watch(Action action)
    {
    }
#endif
}
