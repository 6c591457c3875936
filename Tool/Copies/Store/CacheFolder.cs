namespace ProfilerWeaver.Tool;

/// <summary>Where woven copies are kept.</summary>
/// <param name="Index">The folder of the <see cref="IndexEntry">entries</see> that tell which copy is that of a
/// program.</param>
/// <param name="Copies">The folder of the <see cref="StoredCopy">copies</see>.</param>
sealed record CacheFolder(string Index, string Copies)
{
    /// <summary>The variable that names another folder.</summary>
    public const string Variable = "DOTNET_PROF_CACHE";

    /// <summary>Makes the folder, unless it is there.</summary>
    /// <exception cref="ToolException">It cannot be made, or others could write to it.</exception>
    public static CacheFolder Open()
    {
        var chosen = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;
        try
        {
            return In(chosen ?? OfUser());
        }
        catch (Exception e) when (IsUnfit(e))
        {
            // A user without a home, or one who has borrowed that of another.
            if (chosen is null && !OperatingSystem.IsWindows() && TryInTemporary() is { } temporary)
                return temporary;
            throw Trouble(chosen ?? OfUser(), e);
        }
    }

    /// <summary>What to say if nothing can be written there.</summary>
    public static ToolException Trouble(string root, Exception e) => new(
        e is UnsafeFolderException
            ? $"the cache {root} is not safe: {e.Message}. Set {Variable} to a folder that only you can write to."
            : $"the cache {root} cannot be used: {e.Message.TrimEnd('.')}. Set {Variable} to a writable " +
              "folder, or free some space there (dotnet prof cache clean).",
        cause: e);

    static CacheFolder? TryInTemporary()
    {
        try
        {
            return In(Path.Combine(Path.GetTempPath(), $"dotnet-prof-{CurrentUser.Id}"));
        }
        catch (Exception e) when (IsUnfit(e))
        {
            return null;
        }
    }

    static CacheFolder In(string root)
    {
        var real = PrivateFolder.Reach(Path.TrimEndingDirectorySeparator(root));
        return new(PrivateFolder.Make(Path.Combine(real, "index")), PrivateFolder.Make(Path.Combine(real, "copies")));
    }

    static bool IsUnfit(Exception e) => e is IOException or UnauthorizedAccessException or UnsafeFolderException;

    static string OfUser()
    {
        // Also when it does not exist: nothing would be the folder where we are.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder ? folder
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Path.Combine(home, ".cache");
        return Path.GetFullPath(Path.Combine(caches, "dotnet-prof"));
    }
}
