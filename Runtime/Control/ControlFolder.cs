#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>Where the sockets of a user's woven processes are.</summary>
static unsafe partial class ControlFolder
{
    /// <summary>What the name of a socket ends with; before it is the process' number.</summary>
    public const string Suffix = ".control";

    const string Beginning = "/tmp/profilerweaver-";

    /// <summary>A user's folder, if nothing else is set.</summary>
    public static string Of(uint user)
    {
        // Without the user's culture, which .NET would load.
        var digits = "";
        do
            digits = (char)('0' + user % 10) + digits;
        while ((user /= 10) > 0);
        return Beginning + digits;
    }

    /// <summary>Makes sure that there is a folder which nobody else can change: others may put something in its place before it is
    /// made.</summary>
    /// <returns>Whether there is.</returns>
    public static bool TryMake(string path)
    {
        const uint onlyUser = 0b111_000_000;
        var name = stackalloc byte[LinuxSocket.LongestPath + 1];
        for (var i = 0; i < path.Length; i++)
            name[i] = (byte)path[i];
        name[path.Length] = 0;
        return MakeFolder(name, onlyUser) == 0 || IsOurs(name, onlyUser);
    }

    // Whether it is a folder, not a link to one, that belongs to the user and is closed to others.
    static bool IsOurs(byte* name, uint mode)
    {
        const int noFollow = 0x100, currentFolder = -100, basicFacts = 0x7FF;
        const uint folder = 0x4000, kindAndMode = 0xFFFF;
        // struct statx: the owner at 20, the mode at 28 of 256 bytes.
        var facts = stackalloc byte[256];
        // Not by the C library: musl has not had it for long.
        var status = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 291 : 332;
        return SystemCall(status, currentFolder, name, noFollow, basicFacts, facts) == 0
            && *(uint*)(facts + 20) == LinuxSocket.User
            && (*(ushort*)(facts + 28) & kindAndMode) == (folder | mode);
    }

    [LibraryImport("libc", EntryPoint = "mkdir")]
    private static partial int MakeFolder(byte* name, uint mode);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint folder, byte* name, nint flags, nint mask, byte* facts);
}
#endif
