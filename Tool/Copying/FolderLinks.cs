namespace ProfilerWeaver.Tool;

/// <summary>Completes a folder so that a program finds there all that it finds in the original.</summary>
static class FolderLinks
{
    /// <summary>Links whatever <paramref name="source"/> has and <paramref name="target"/> has not, and removes links to
    /// what is gone.</summary>
    public static void Complete(string source, string target)
    {
        foreach (var entry in new DirectoryInfo(target).EnumerateFileSystemInfos())
        {
            // A link exists even if what it leads to does not.
            if (entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true })
                entry.Delete();
        }
        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos())
        {
            var path = Path.Combine(target, entry.Name);
            if (entry is DirectoryInfo)
                CompleteFolder(entry.FullName, path);
            else if (!Path.Exists(path))
                Link(entry.FullName, path);
            else if (OperatingSystem.IsWindows() && IsOlder(path, entry))
                File.Copy(entry.FullName, path, overwrite: true);
        }
    }

    static void CompleteFolder(string source, string target)
    {
        if (new DirectoryInfo(target) is { Exists: true, LinkTarget: not null })
            return;
        if (!Directory.Exists(target))
        {
            try
            {
                Directory.CreateSymbolicLink(target, source);
                return;
            }
            catch (Exception e) when (IsNoLink(e))
            {
                Directory.CreateDirectory(target);
            }
        }
        Complete(source, target);
    }

    static void Link(string source, string target)
    {
        try
        {
            // A host that is a link would start the original.
            if (!IsHost(source))
            {
                File.CreateSymbolicLink(target, source);
                return;
            }
        }
        catch (Exception e) when (IsNoLink(e))
        {
            // Windows lets only some users make links.
        }
        File.Copy(source, target, overwrite: true);
    }

    static bool IsHost(string file) => Path.GetExtension(file) is "" or ".exe"
        ? File.Exists(Path.ChangeExtension(file, ".dll"))
        : File.Exists(file + ".dll");

    static bool IsNoLink(Exception e) =>
        OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException or PlatformNotSupportedException;

    // What was woven is newer than its original.
    static bool IsOlder(string path, FileSystemInfo original) => File.GetLastWriteTimeUtc(path) < original.LastWriteTimeUtc;
}
