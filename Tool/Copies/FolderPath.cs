namespace ProfilerWeaver.Tool;

/// <summary>Ways between folders.</summary>
static class FolderPath
{
    /// <summary>The relative path from one folder to another.</summary>
    /// <exception cref="ToolException">There is none, for they are on different drives.</exception>
    public static string From(string origin, string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            var way = Path.GetRelativePath(origin, folder);
            return Path.IsPathFullyQualified(way)
                ? throw new ToolException($"{origin} and the cache {folder} are on different drives. Set {CacheFolder.Variable} to " +
                    $"a folder on {Path.GetPathRoot(origin)}.")
                : way;
        }
        if (folder.Contains(':', StringComparison.Ordinal) || folder.Contains('\\', StringComparison.Ordinal))
        {
            throw new ToolException($"the cache {folder} has a colon or a backslash in its path, which the host of .NET does not " +
                $"accept. Set {CacheFolder.Variable} to another folder.");
        }
        // The system goes up from where a link leads to.
        var depth = Resolve(origin).Split('/', StringSplitOptions.RemoveEmptyEntries).Length;
        return string.Concat(Enumerable.Repeat("../", depth)) + folder.TrimStart('/');
    }

    /// <summary>The folder without links on the way to it.</summary>
    static string Resolve(string folder)
    {
        var resolved = "/";
        foreach (var name in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, name);
            resolved = Directory.ResolveLinkTarget(next, returnFinalTarget: true) is { } target ? Resolve(target.FullName) : next;
        }
        return resolved;
    }
}
