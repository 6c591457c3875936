#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace ProfilerWeaver;

/// <summary>The signals that end a process unless it handles them. .NET 10 raises no ProcessExit for them.</summary>
static class EndingSignals
{
#if NET8_0_OR_GREATER
    static readonly PosixSignal[] All = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
    // For as long as the process lives.
    static readonly List<PosixSignalRegistration> Registered = [];

    /// <summary>Has <paramref name="action"/> run when such a signal arrives, on a thread of its own. What follows is what
    /// would have followed without it: the program's handlers, and the end of the process if none of them cancels
    /// it.</summary>
    public static void Watch(Action action)
    {
        foreach (var signal in All)
        {
            try
            {
                lock (Registered)
                    Registered.Add(PosixSignalRegistration.Create(signal, _ => action()));
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
