#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>Memory by system calls of Linux.</summary>
static unsafe partial class LinuxMemory
{
    const int Read = 1, Write = 2, Shared = 1, Private = 2, Anonymous = 0x20;
    const nint Failed = -1;

    /// <summary>Whether the numbers of these calls, and of <see cref="LinuxFile"/>'s, are those of this system: they are the
    /// same for all processors that .NET runs on, and offsets are as long as addresses.</summary>
    public static bool IsSupported => sizeof(nint) == 8 && OperatingSystem.IsLinux();

    /// <summary>Whether the C library does not have such a call: it is another one than expected.</summary>
    public static bool IsUnknown(Exception e) => e is DllNotFoundException or EntryPointNotFoundException;

    /// <summary>Zeroed memory; null, with the error's number, if there is none.</summary>
    public static byte* MapPrivate(nint size) => Map(size, Private | Anonymous, -1, 0);

    /// <summary>The piece of an open file that begins at <paramref name="offset"/>, shared with whoever reads the file; null,
    /// with the error's number, if that did not work.</summary>
    public static byte* MapFile(int file, nint offset, nint size) => Map(size, Shared, file, offset);

    /// <summary>Gives back what was mapped.</summary>
    public static void Unmap(byte* memory, nint size) => _ = Unmap((nint)memory, size);

    static byte* Map(nint size, int flags, int file, nint offset)
    {
        var address = Map(0, size, Read | Write, flags, file, offset);
        return address == Failed ? null : (byte*)address;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
#endif
