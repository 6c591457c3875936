#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>Memory by system calls of Linux.</summary>
static unsafe partial class LinuxMemory
{
    const int Read = 1, Write = 2, Shared = 1, Private = 2, Fixed = 0x10, Anonymous = 0x20, NoReserve = 0x4000, Populate = 0x8000;
    const int PageSize = 4096;
    const nint Failed = -1;

    /// <summary>Whether the numbers of these calls, and of <see cref="LinuxFile"/>'s, are those of this system: they are the
    /// same for all processors that .NET runs on, and offsets are as long as addresses.</summary>
    public static bool IsSupported => sizeof(nint) == 8 && OperatingSystem.IsLinux();

    /// <summary>Whether the C library does not have such a call: it is another one than expected.</summary>
    public static bool IsUnknown(Exception e) => e is DllNotFoundException or EntryPointNotFoundException;

    /// <summary>Zeroed memory; null, with the error's number, if there is none.</summary>
    /// <param name="size">How much.</param>
    /// <param name="isWritten">Whether all of it is written at once: then the pages are all made at once, in two thirds of the time.</param>
    public static byte* MapPrivate(nint size, bool isWritten = false) => Map(size, Private | Anonymous | (isWritten ? Populate : 0), -1, 0);

    /// <summary>The piece of an open file that begins at <paramref name="offset"/>, shared with whoever reads the file; null,
    /// with the error's number, if that did not work.</summary>
    public static byte* MapFile(int file, nint offset, nint size) => Map(size, Shared, file, offset);

    /// <summary>Gives back what was mapped.</summary>
    public static void Unmap(byte* memory, nint size) => _ = Unmap((nint)memory, size);

    /// <summary>Turns a piece of a file that <see cref="MapFile"/> mapped into private memory with the same content, while
    /// threads read and write it, and gives back what it takes on the disk.</summary>
    /// <returns>Whether that worked; the memory is valid in any case.</returns>
    public static bool Detach(int file, nint offset, byte* memory, nint size)
    {
        const int KeepSize = 1, PunchHole = 2;
        // A mapping that fails may leave nothing in the place of the former one.
        var trial = MapPrivate(size);
        if (trial == null)
            return false;
        Unmap(trial, size);
        if (Map((nint)memory, size, Read | Write, Private | Fixed | NoReserve, file, offset) == Failed)
            return false;
        // The first write to a page copies it.
        for (var page = memory; page < memory + size; page += PageSize)
            Interlocked.Add(ref *(int*)page, 0);
        // Not by cutting the file off, which would take the copies away, too.
        return Allocate(file, KeepSize | PunchHole, offset, size) == 0;
    }

    static byte* Map(nint size, int flags, int file, nint offset)
    {
        var address = Map(0, size, Read | Write, flags, file, offset);
        return address == Failed ? null : (byte*)address;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "fallocate")]
    private static partial int Allocate(int file, int mode, nint offset, nint length);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
#endif
