using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>A copy of the folder of <c>TestAssemblies/ToolApps/Beside</c>, whose program works with the files beside
/// it.</summary>
sealed class BesideFolder(string location)
{
    static string Source => Path.GetDirectoryName(ToolApps.Assembly("Beside"))!;

    /// <summary>The program.</summary>
    public string Program => Path.Combine(location, "Beside.dll");

    /// <summary>Makes it what it is after a build.</summary>
    public void Renew()
    {
        if (Directory.Exists(location))
            Directory.Delete(location, recursive: true);
        Copy(Source, location);
    }

    /// <summary>Runs the program as its user would.</summary>
    public ToolResult RunUnwoven(ProfTool tool, params string[] arguments)
    {
        using var running = new RunningTool(System.Diagnostics.Process.Start(tool.Start("dotnet", [Program, .. arguments]))!,
            TimeSpan.FromMinutes(1));
        return running.End();
    }

    /// <summary>What is in it, a line each: kind, mode, length, content, and whether it was written to.</summary>
    public string[] State() => [.. new DirectoryInfo(location).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(Describe).Order(StringComparer.Ordinal)];

    string Describe(FileSystemInfo entry)
    {
        var path = Path.GetRelativePath(location, entry.FullName);
        var mode = OperatingSystem.IsWindows() ? "" : entry.UnixFileMode.ToString();
        if (entry is not FileInfo file || entry.LinkTarget is not null)
            return $"{path} {entry.Attributes} {mode} {entry.LinkTarget}";
        var original = new FileInfo(Path.Combine(Source, path));
        var isUntouched = original.Exists && original.LastWriteTimeUtc == file.LastWriteTimeUtc;
        // Some have the time in them, and the journals of SQLite a number at random.
        var content = Path.GetExtension(path) is ".db" or ".zip" or ".db-journal" ? "" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName)));
        return $"{path} {mode} {file.Length} {content} {(isUntouched ? "as before" : "written")}";
    }

    static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(source).Where(IsNeeded))
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
    }

    // Native libraries of other platforms are many and large.
    static bool IsNeeded(string folder) => Path.GetFileName(Path.GetDirectoryName(folder)) != "runtimes"
        || Path.GetFileName(folder) == RuntimeInformation.RuntimeIdentifier;
}
