using System.Runtime.Versioning;

namespace ProfilerWeaver.Tool;

/// <summary>Folders that only the user can write to, for what lies in them is run.</summary>
static class PrivateFolder
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    const UnixFileMode OfOthers = (UnixFileMode)0b111_111;
    const int MostLinks = 40;

    /// <summary>Makes a folder, and those above it, unless they are there, and checks that nobody else can put something in
    /// the place of what is below it.</summary>
    /// <returns>Its path without links.</returns>
    /// <exception cref="UnsafeFolderException">Somebody else can.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static string Reach(string folder) => Reach(folder, MostLinks);

    /// <summary>Makes a folder in one that was reached so, unless it is there, and checks that only the user has access to
    /// it.</summary>
    /// <inheritdoc cref="Reach(string)"/>
    public static string Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            if (!CurrentUser.OwnsOnWindows(folder))
                throw new UnsafeFolderException($"{folder} belongs to another user, who could change what is run");
        }
        else if (StatusOrNew(folder) is { } status)
        {
            if (status.Owner != CurrentUser.Id)
                throw new UnsafeFolderException($"{folder} belongs to another user, who could change what is run");
            if (status.IsLink)
                throw new UnsafeFolderException($"{folder} is a link, and may lead elsewhere");
            if (status.IsWritableByGroup || status.IsWritableByAnybody)
                throw new UnsafeFolderException($"other users can write to {folder}, and so change what is run");
            if (((UnixFileMode)status.Mode & OfOthers) != 0)
                File.SetUnixFileMode(folder, Mode);
        }
        return folder;
    }

    static string Reach(string folder, int links)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(folder).FullName;
        if (Path.GetDirectoryName(folder) is not { } parent)
            return folder;
        folder = Path.Combine(Reach(parent, links), Path.GetFileName(folder));
        if (StatusOrNew(folder) is not { } status)
            return folder;
        if (!CurrentUser.Trusts(status.Owner))
            throw new UnsafeFolderException($"{folder} belongs to another user, who could change what is run");
        if (status.IsLink)
        {
            return links > 0
                ? Reach(Path.GetFullPath(new FileInfo(folder).LinkTarget!, Path.GetDirectoryName(folder)!), links - 1)
                : throw new IOException($"Too many links: {folder}");
        }
        // In a sticky folder, such as /tmp, everybody can rename only what is his own.
        if (!status.IsSticky && (status.IsWritableByAnybody || status.IsWritableByGroup && !CurrentUser.IsAloneIn(status.Group)))
            throw new UnsafeFolderException($"other users can write to {folder}, and so change what is run");
        return folder;
    }

    // Null where the system does not tell.
    [UnsupportedOSPlatform("windows")]
    static FileStatus? StatusOrNew(string folder)
    {
        if (FileStatus.Of(folder) is { } known)
            return known;
        Directory.CreateDirectory(folder, Mode);
        return FileStatus.Of(folder);
    }
}

/// <summary>A folder in which others could replace what the tool runs; the message says which and why, without an
/// end.</summary>
sealed class UnsafeFolderException(string message) : Exception(message);
