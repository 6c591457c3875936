using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tool;

/// <summary>What a Unix knows about a file, or a link as such, and .NET tells only in part.</summary>
/// <param name="Mode">Its kind and its permissions, as in <c>st_mode</c>.</param>
/// <param name="Owner">The user that it belongs to.</param>
/// <param name="Group">The group that it belongs to.</param>
/// <param name="Names">In how many places it lies.</param>
/// <param name="Device">The device that it lies on.</param>
/// <param name="Number">Its number there (the inode), whatever its names.</param>
readonly partial record struct FileStatus(int Mode, uint Owner, uint Group, uint Names, ulong Device, ulong Number)
{
    const int KindMask = 0xF000, Link = 0xA000;

    public bool IsLink => (Mode & KindMask) == Link;

    public bool IsSticky => (Mode & (int)UnixFileMode.StickyBit) != 0;

    public bool IsWritableByGroup => (Mode & (int)UnixFileMode.GroupWrite) != 0;

    public bool IsWritableByAnybody => (Mode & (int)UnixFileMode.OtherWrite) != 0;

    /// <summary>The state of a file; null if there is none, or if the system does not tell.</summary>
    public static unsafe FileStatus? Of(string path)
    {
        const int CurrentFolder = -100, NotThroughLinks = 0x100, Basic = 0x7ff, Space = 256;
        var bytes = stackalloc byte[Space];
        try
        {
            // The fields of struct statx, the same on all processors.
            if (OperatingSystem.IsLinux())
            {
                return ReadStatus(CurrentFolder, path, NotThroughLinks, Basic, bytes) == 0
                    ? new(*(ushort*)(bytes + 28), *(uint*)(bytes + 20), *(uint*)(bytes + 24), *(uint*)(bytes + 16),
                        *(ulong*)(bytes + 136), *(ulong*)(bytes + 32))
                    : null;
            }
            // Those of Apple's struct stat with inodes of 64 bits.
            if (OperatingSystem.IsMacOS())
            {
                var failed = RuntimeInformation.ProcessArchitecture == Architecture.X64
                    ? ReadStatusOnIntel(path, bytes)
                    : ReadStatus(path, bytes);
                return failed == 0
                    ? new(*(ushort*)(bytes + 4), *(uint*)(bytes + 16), *(uint*)(bytes + 20), *(ushort*)(bytes + 6),
                        *(uint*)bytes, *(ulong*)(bytes + 8))
                    : null;
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library from before 2018.
        }
        return null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ReadStatus(int folder, string path, int flags, uint wanted, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ReadStatus(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ReadStatusOnIntel(string path, byte* status);
}
