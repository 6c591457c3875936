namespace ProfilerWeaver.Tool;

/// <summary>Files that the SDK builds a program of.</summary>
static class ProjectFile
{
    static readonly string[] Extensions = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Is(string file) => Array.IndexOf(Extensions, Path.GetExtension(file).ToLowerInvariant()) >= 0;
}
