using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace ProfilerWeaver.Tool;

/// <summary>The user that the tool runs as, and whom it trusts.</summary>
static partial class CurrentUser
{
    const uint Root = 0;

    /// <summary>The user's number on Unix.</summary>
    public static uint Id { get; } = OperatingSystem.IsWindows() ? Root : GetEffectiveUser();

    /// <summary>Whether a user could do whatever this one can: this one, or the administrator.</summary>
    public static bool Trusts(uint owner) => owner == Id || owner == Root || owner == UnknownUser();

    /// <summary>Whether nobody else is in a group, as in the one that many systems make for each user.</summary>
    public static bool IsAloneIn(uint group)
    {
        if (group == Root)
            return true;
        foreach (var line in LinesOf("/etc/group"))
        {
            // name:password:number:members
            if (line.Split(':') is [var name, _, var number, var members] && number == $"{group}")
                return name == Environment.UserName && (members.Length == 0 || members == name);
        }
        return false;
    }

    /// <summary>Whether a folder belongs to this user or to an administrator.</summary>
    [SupportedOSPlatform("windows")]
    public static bool OwnsOnWindows(string folder)
    {
        var owner = new DirectoryInfo(folder).GetAccessControl(AccessControlSections.Owner).GetOwner(typeof(SecurityIdentifier));
        using var user = WindowsIdentity.GetCurrent();
        return owner is SecurityIdentifier known && (known == user.User || known == user.Owner
            || known.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid) || known.IsWellKnown(WellKnownSidType.LocalSystemSid));
    }

    // In a container with users of its own, those outside of it, the administrator too, are all this one.
    static uint? UnknownUser()
    {
        const string EveryUser = "4294967295";
        return LinesOf("/proc/self/uid_map") is [var map] && !map.EndsWith(EveryUser, StringComparison.Ordinal)
            && LinesOf("/proc/sys/kernel/overflowuid") is [var number] ? uint.Parse(number, null) : null;
    }

    static string[] LinesOf(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
