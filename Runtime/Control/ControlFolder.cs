#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>Where the sockets of a user's woven processes are.</summary>
static unsafe partial class ControlFolder
{
    /// <summary>What the name of a socket ends with; before it is the process' number.</summary>
    public const string Suffix = ".control";

    const uint OnlyUser = 0b111_000_000;

    /// <summary>What the path of a user's folder begins with; the user's number follows.</summary>
    public const string Beginning = "/tmp/profilerweaver-";

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
        var name = stackalloc byte[LinuxSocket.LongestPath + 1];
        return TryWrite(path, name) && (MakeFolder(name, OnlyUser) == 0 || LinuxPath.IsFolderOf(name, LinuxSocket.User, OnlyUser));
    }

    /// <summary>Whether there is a folder that nobody but a user can change: not a link to one.</summary>
    public static bool IsOf(uint user, string path)
    {
        var name = stackalloc byte[LinuxSocket.LongestPath + 1];
        return TryWrite(path, name) && LinuxPath.IsFolderOf(name, user, OnlyUser);
    }

    // It is a path of ours, with nothing but ASCII in it.
    static bool TryWrite(string path, byte* name)
    {
        if (path.Length > LinuxSocket.LongestPath)
            return false;
        for (var i = 0; i < path.Length; i++)
            name[i] = (byte)path[i];
        name[path.Length] = 0;
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mkdir")]
    private static partial int MakeFolder(byte* name, uint mode);
}
#endif
