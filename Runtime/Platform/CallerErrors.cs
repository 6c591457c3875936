using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The numbers of errors that a thread's last call into native code left for the program to read: the system's own
/// (<c>errno</c>, <c>GetLastError</c>), and the copy that .NET keeps (<see cref="Marshal.GetLastWin32Error"/>). Whatever the
/// recorder does beside arithmetic may overwrite them, so every slow path saves them first and restores them last.
/// </summary>
readonly struct CallerErrors
{
    readonly int system;
    readonly int ofInvoke;

    CallerErrors(int system, int ofInvoke)
    {
        this.system = system;
        this.ofInvoke = ofInvoke;
    }

#if NET8_0_OR_GREATER
    /// <summary>The numbers as the calling thread has them.</summary>
    public static CallerErrors Save() => new(Marshal.GetLastSystemError(), Marshal.GetLastPInvokeError());

    /// <summary>Gives the calling thread its numbers back. Never throws.</summary>
    public void Restore()
    {
        Marshal.SetLastPInvokeError(ofInvoke);
        Marshal.SetLastSystemError(system);
    }
#else
    /// <summary>The numbers as the calling thread has them.</summary>
    public static CallerErrors Save() => new(NativeErrors.System, NativeErrors.OfInvoke);

    /// <summary>Gives the calling thread its numbers back. Never throws.</summary>
    public void Restore()
    {
        NativeErrors.OfInvoke = ofInvoke;
        NativeErrors.System = system;
    }
#endif
}
