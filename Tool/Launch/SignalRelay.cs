using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tool;

/// <summary>Lets signals end the program and not the tool, which has a report to give.</summary>
sealed partial class SignalRelay : IDisposable
{
    readonly List<PosixSignalRegistration> registrations = [];

    public SignalRelay()
    {
        Register(PosixSignal.SIGINT, 2, ofTerminal: true);
        Register(PosixSignal.SIGQUIT, 3, ofTerminal: true);
        Register(PosixSignal.SIGTERM, 15, ofTerminal: false);
        Register(PosixSignal.SIGHUP, 1, ofTerminal: false);
    }

    /// <summary>The process that the signals are for; 0: it has not begun.</summary>
    public int Target { get; set; }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    void Register(PosixSignal signal, int number, bool ofTerminal) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            if (Target == 0)
                return;
            context.Cancel = true;
            // A key pressed in the terminal reaches all the processes in front.
            if (!OperatingSystem.IsWindows() && !(ofTerminal && IsInFrontOfTerminal()))
                _ = Kill(Target, number);
        }));

    static bool IsInFrontOfTerminal()
    {
        const int ReadOnly = 0;
        var terminal = Open("/dev/tty", ReadOnly);
        if (terminal < 0)
            return false;
        var isInFront = GetForegroundGroup(terminal) == GetGroup();
        _ = Close(terminal);
        return isInFront;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    private static partial int GetForegroundGroup(int file);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int GetGroup();
}
