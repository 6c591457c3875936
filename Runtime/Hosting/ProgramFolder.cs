#if NET8_0_OR_GREATER
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ProfilerWeaver;

/// <summary>The folder of a program whose woven assemblies <c>dotnet prof</c> has loaded from another one, in which this
/// assembly lies, too.</summary>
static class ProgramFolder
{
    /// <summary>The variable by which the host of .NET is told of additional dependencies.</summary>
    public const string DependenciesVariable = "DOTNET_ADDITIONAL_DEPS";

    /// <summary>The list of additional dependencies, beside this assembly.</summary>
    public const string DependenciesFile = "dotnet-prof.deps.json";

    /// <summary>The property of the application that names the folder, where the host takes another one for it.</summary>
    public const string FolderProperty = "ProfilerWeaver.ProgramFolder";

#pragma warning disable IL3000 // What dotnet prof has woven lies in files.
    static readonly string CopyFolder = FolderOf(typeof(Recorder).Assembly.Location);
#pragma warning restore IL3000

    /// <summary>The list of additional dependencies of this process; null if there is none, or the program's folder does not
    /// have any more what was woven: a program may put a new version of itself there and start that.</summary>
    public static string? Dependencies =>
        File.Exists(CopyFolder + DependenciesFile) && IsUnchanged() ? CopyFolder + DependenciesFile : null;

    /// <summary>Makes the base directory the program's, and takes what was for its host out of the environment that its
    /// children get.</summary>
    public static void Restore()
    {
        if (AppContext.GetData(FolderProperty) is string folder)
            AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", folder);
        if (Environment.GetEnvironmentVariable(DependenciesVariable) is not { } value)
            return;
        var first = value.Split(Path.PathSeparator, 2);
        if (Path.GetFileName(first[0]) == DependenciesFile)
            Environment.SetEnvironmentVariable(DependenciesVariable, first.Length > 1 ? first[1] : null);
    }

    /// <summary>The path that a file in the copy has in the program's folder; others are returned as they are.</summary>
    public static string OriginalOf(string path) =>
        path.Length > CopyFolder.Length && path.StartsWith(CopyFolder, StringComparison.Ordinal)
            ? Path.Combine(AppContext.BaseDirectory, path[CopyFolder.Length..])
            : path;

    /// <summary>Whether a file lies in the program's folder itself.</summary>
    public static bool Contains(string path) => Path.TrimEndingDirectorySeparator(FolderOf(path)) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    // Weaving keeps the identity that the compiler gave a module, which is another one for other code.
    static bool IsUnchanged()
    {
        foreach (var woven in Directory.EnumerateFiles(CopyFolder, "*.dll", SearchOption.AllDirectories))
        {
            var original = OriginalOf(woven);
            if (File.Exists(original) && Path.GetFileName(woven) != RecorderMember.File && IdentityOf(original) != IdentityOf(woven))
                return false;
        }
        return true;
    }

    static Guid IdentityOf(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    static string FolderOf(string path) => path[..(path.LastIndexOf(Path.DirectorySeparatorChar) + 1)];
}
#endif
