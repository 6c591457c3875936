namespace CodeStats.Sources;

/// <summary>A folder with C# sources.</summary>
sealed class SourceFolder(string root)
{
    const string Solution = "ProfilerWeaver.sln";

    static readonly string[] OutputFolders = ["artifacts", "bin", "obj", "TestResults"];

    static readonly EnumerationOptions Entries = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    public string Root => root;

    /// <summary>The repository that this program is part of, or null if neither the working directory nor the program
    /// is inside it.</summary>
    public static SourceFolder? FindRepository() =>
        FindAbove(Environment.CurrentDirectory) ?? FindAbove(AppContext.BaseDirectory);

    /// <summary>The paths of the sources that people wrote: no build output, nothing hidden.</summary>
    public IEnumerable<string> Files() => FilesBelow(new(root));

    /// <summary>A path as seen from the folder, with <c>/</c>.</summary>
    public string Relative(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    static IEnumerable<string> FilesBelow(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles("*.cs", Entries))
            yield return file.FullName;
        foreach (var child in folder.EnumerateDirectories("*", Entries).Where(HoldsSources))
        {
            foreach (var file in FilesBelow(child))
                yield return file;
        }
    }

    static bool HoldsSources(DirectoryInfo folder) =>
        !folder.Name.StartsWith('.') && !OutputFolders.Contains(folder.Name, StringComparer.OrdinalIgnoreCase);

    static SourceFolder? FindAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return new(folder.FullName);
        }
        return null;
    }
}
