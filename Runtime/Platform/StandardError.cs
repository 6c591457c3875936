#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
#endif

namespace ProfilerWeaver;

/// <summary>The stderr that the process was started with. Not <see cref="Console.Error"/>: that may be the program's own
/// writer, and locked by a thread that waits for this one.</summary>
static unsafe partial class StandardError
{
#if NET8_0_OR_GREATER
    const int Number = 2;

    public static void Write(byte[] line)
    {
        if (OperatingSystem.IsLinux())
            WriteOnLinux(line);
        else
            WriteByDotNet(line);
    }

    // By system calls: .NET would have to load an assembly first, which a program that has no files left to open cannot.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void WriteOnLinux(byte[] line)
    {
        const int GetFlags = 1, CloseOnExec = 1, Interrupted = 4;
        // A program that has closed its stderr may have opened a file of its own since, which then has its number. Such a
        // file is closed on exec; what a process was started with is not, or it would not have it.
        var flags = Control(Number, GetFlags);
        if (flags < 0 || (flags & CloseOnExec) != 0)
            return;
        fixed (byte* bytes = line)
        {
            for (nint written = 0, added; written < line.Length; written += added)
            {
                added = Write(Number, bytes + written, line.Length - written);
                if (added >= 0)
                    continue;
                if (Marshal.GetLastPInvokeError() != Interrupted)
                    return;
                added = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
#else
    public static void Write(byte[] line) => WriteByDotNet(line);

#endif
    static void WriteByDotNet(byte[] line)
    {
        using var stream = Console.OpenStandardError();
        stream.Write(line, 0, line.Length);
    }

#if NET8_0_OR_GREATER
    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int file, int command);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte* bytes, nint length);
#endif
}
