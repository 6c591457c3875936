using System.Security.Cryptography;
using System.Text;

namespace ProfilerWeaver;

/// <summary>Where profiles wait.</summary>
static class SpoolPlace
{
    const int LengthOfName = 16;
    const UnixFileMode OfUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder for what is sent to one place, which is made if it is not there.</summary>
    /// <param name="spool">The folder that a user has chosen; null: that of the user.</param>
    /// <param name="destination">Where it is sent, and for whom: what waits for one is not sent to another. The name of the folder
    /// does not tell.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static string Open(string? spool, string destination)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(destination)))[..LengthOfName];
        var folder = Path.Combine(Path.GetFullPath(spool ?? Default()), name);
        // Names of methods are nobody else's business.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OfUser);
        return folder;
    }

    static string Default()
    {
        // Also when it does not exist: nothing would be the folder where we are.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var states = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } folder ? folder
            : Path.Combine(home, ".local", "state");
        return Path.Combine(states, "profilerweaver", "push");
    }
}
