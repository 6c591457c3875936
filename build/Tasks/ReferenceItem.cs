using Microsoft.Build.Framework;

namespace ProfilerWeaver.Build;

/// <summary>What MSBuild knows about a reference, by the names of its metadata.</summary>
static class ReferenceItem
{
    /// <summary>The path of the woven copy.</summary>
    public const string Woven = "Woven";

    /// <summary>The path of its symbols, if it has any beside it.</summary>
    public const string WovenSymbols = "WovenSymbols";

    /// <summary>The path of the file that says what became of the last weaving.</summary>
    public const string Outcome = "Outcome";

    public static string Name(this ITaskItem item) => item.GetMetadata("Filename");

    public static string Path(this ITaskItem item) => item.GetMetadata("FullPath");

    public static string Folder(this ITaskItem item) => item.GetMetadata("DestinationSubDirectory");

    public static bool IsAssembly(this ITaskItem item) =>
        item.GetMetadata("Extension").ToUpperInvariant() is ".DLL" or ".EXE"
        && !item.Name().EndsWith(".resources", StringComparison.OrdinalIgnoreCase);

    public static bool IsOfFramework(this ITaskItem item) =>
        item.GetMetadata("FrameworkReferenceName").Length > 0
        || string.Equals(item.GetMetadata("FrameworkFile"), "true", StringComparison.OrdinalIgnoreCase);
}
