#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>What is at a path itself, not where a link leads.</summary>
static unsafe partial class LinuxPath
{
    const uint Folder = 0x4000, Socket = 0xC000, Kind = 0xF000, KindAndMode = 0xFFFF;

    /// <summary>Whether it is a folder that belongs to a user and has this mode.</summary>
    /// <param name="path">The path, with a 0 at the end.</param>
    /// <param name="user">The user.</param>
    /// <param name="mode">Who may do what.</param>
    public static bool IsFolderOf(byte* path, uint user, uint mode) => Look(path, out var owner, out var facts)
        && owner == user && (facts & KindAndMode) == (Folder | mode);

    /// <summary>Whether it is a socket that belongs to a user.</summary>
    /// <param name="path">The path, with a 0 at the end.</param>
    /// <param name="user">The user.</param>
    public static bool IsSocketOf(byte* path, uint user) => Look(path, out var owner, out var facts) && owner == user && (facts & Kind) == Socket;

    static bool Look(byte* path, out uint owner, out uint kindAndMode)
    {
        const int noFollow = 0x100, currentFolder = -100, basicFacts = 0x7FF;
        // struct statx: the owner at 20, the mode at 28 of 256 bytes.
        var facts = stackalloc byte[256];
        // Not by the C library: musl has not had it for long.
        var status = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 291 : 332;
        var isThere = SystemCall(status, currentFolder, path, noFollow, basicFacts, facts) == 0;
        owner = isThere ? *(uint*)(facts + 20) : uint.MaxValue;
        kindAndMode = isThere ? *(ushort*)(facts + 28) : 0u;
        return isThere;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint folder, byte* name, nint flags, nint mask, byte* facts);
}
#endif
