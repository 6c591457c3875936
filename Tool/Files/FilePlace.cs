namespace ProfilerWeaver.Tool;

/// <summary>Where a file, or a folder, lies, whatever it is called.</summary>
/// <param name="Path">Its path without links.</param>
/// <param name="Status">What the system knows of it; null if there is no such file, or the system does not tell.</param>
readonly record struct FilePlace(string Path, FileStatus? Status)
{
    static readonly StringComparison Comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The place of a file that may not exist yet.</summary>
    public static FilePlace Of(string file)
    {
        var path = Resolve(System.IO.Path.GetFullPath(file));
        return new(path, FileStatus.Of(path));
    }

    /// <summary>Whether two names are of the same file.</summary>
    public static bool AreSame(string left, string right) => Of(left).IsSameAs(Of(right));

    /// <summary>Names of files, of each file the first one.</summary>
    public static IEnumerable<string> Distinct(IEnumerable<string> files)
    {
        var paths = new HashSet<string>();
        var numbers = new HashSet<(ulong, ulong)>();
        foreach (var file in files)
        {
            var place = Of(file);
            if (place.Status is { } status ? numbers.Add((status.Device, status.Number)) : paths.Add(place.Path))
                yield return file;
        }
    }

    /// <summary>Whether it is the same file.</summary>
    // Two names of a file have nothing in common but these numbers.
    public bool IsSameAs(FilePlace other) => Status is { } mine && other.Status is { } theirs
        ? mine.Device == theirs.Device && mine.Number == theirs.Number
        : string.Equals(Path, other.Path, Comparison);

    static string Resolve(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is not { } folder)
            return path;
        var plain = System.IO.Path.Combine(Resolve(folder), System.IO.Path.GetFileName(path));
        try
        {
            return File.ResolveLinkTarget(plain, returnFinalTarget: true) is { } target ? Resolve(target.FullName) : plain;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It does not exist yet, or nobody can tell.
            return plain;
        }
    }
}
