using Microsoft.Extensions.FileSystemGlobbing;

namespace ProfilerWeaver.Tool;

/// <summary>Names of profiles with <c>*</c> and <c>**</c> in them, for shells that do not replace these, and for more files than a command
/// line may have.</summary>
static class ProfilePattern
{
    /// <summary>The files that are named, each once whatever it is called, in the order of their names.</summary>
    /// <param name="names">Files and patterns.</param>
    /// <param name="isOutput">Whether a file is to be written: a pattern leaves it out.</param>
    /// <exception cref="FileNotFoundException">A pattern matches nothing.</exception>
    public static IReadOnlyList<string> Expand(string[] names, Func<string, bool> isOutput)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (File.Exists(name) || !Wildcards.IsIn(name))
            {
                files.Add(name);
                continue;
            }
            var found = Matches(name).Where(file => !isOutput(file)).ToList();
            if (found.Count == 0)
            {
                throw new FileNotFoundException($"{name} matches no file." + (Wildcards.IsOnlyKnownToShells(name)
                    ? " Only * and ** are expanded here; remove the quotes to let the shell expand ? and [...]."
                    : ""));
            }
            files.UnionWith(found);
        }
        return [.. FilePlace.Distinct(files)];
    }

    // The part before the first star is a folder, to which the pattern is relative.
    static IEnumerable<string> Matches(string pattern)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal))
            return [];
        var unified = pattern.Replace('/', Path.DirectorySeparatorChar);
        var end = unified.LastIndexOf(Path.DirectorySeparatorChar, unified.IndexOf('*', StringComparison.Ordinal)) + 1;
        var folder = end == 0 ? "." : unified[..end];
        return Directory.Exists(folder)
            ? new Matcher(StringComparison.Ordinal).AddInclude(unified[end..]).GetResultsInFullPath(folder)
                .Select(file => end == 0 ? Path.GetRelativePath(folder, file) : Path.Combine(folder, Path.GetRelativePath(folder, file)))
            : [];
    }
}
