#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace ProfilerWeaver;

// In single files nothing is woven by dotnet prof; what the program asks for there is its own affair.
#pragma warning disable IL3000, IL3002
#pragma warning disable SYSLIB0012 // The program asks for it.

/// <summary>What assemblies call instead of the framework that <c>dotnet prof</c> has loaded in place of their originals.
/// Not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ProgramPlaces
{
    /// <summary>The path of an assembly; of a woven copy: that of its original.</summary>
    public static string LocationOf(Assembly assembly) => ProgramFolder.OriginalOf(assembly.Location);

    /// <summary>The same as a URL in which nothing is escaped, as .NET has it.</summary>
    public static string? CodeBaseOf(Assembly assembly) => WovenOriginalOf(assembly) is { } original ? UrlOf(original) : assembly.CodeBase;

    /// <summary>The same as a URL.</summary>
    public static string? EscapedCodeBaseOf(Assembly assembly) =>
        WovenOriginalOf(assembly) is { } original ? new Uri(original).AbsoluteUri : assembly.EscapedCodeBase;

    /// <summary>The path of a module; of a woven copy: that of its original.</summary>
    public static string FullyQualifiedNameOf(Module module) => ProgramFolder.OriginalOf(module.FullyQualifiedName);

    /// <summary>Starts a process; if it is a program of this folder, as a woven one.</summary>
    public static bool StartProcess(Process process)
    {
        using var child = new WovenChild(process.StartInfo);
        return process.Start();
    }

    /// <summary>Starts a process; if it is a program of this folder, as a woven one.</summary>
    public static Process? StartProcess(ProcessStartInfo startInfo)
    {
        using var child = new WovenChild(startInfo);
        return Process.Start(startInfo);
    }

    /// <summary>Starts a process; if it is a program of this folder, as a woven one.</summary>
    public static Process? StartProcess(string fileName) => StartProcess(new ProcessStartInfo(fileName));

    /// <summary>Starts a process; if it is a program of this folder, as a woven one.</summary>
    public static Process? StartProcess(string fileName, string arguments) =>
        StartProcess(new ProcessStartInfo(fileName, arguments));

    /// <summary>Starts a process; if it is a program of this folder, as a woven one.</summary>
    public static Process? StartProcess(string fileName, IEnumerable<string> arguments) =>
        StartProcess(new ProcessStartInfo(fileName, arguments));

    /// <summary>A path of Unix or Windows (a drive's, a server's) as a URL in which nothing is escaped.</summary>
    internal static string UrlOf(string path) => path switch
    {
        ['/', ..] => "file://" + path,
        ['\\', '\\', ..] => "file:" + path.Replace('\\', '/'),
        _ => "file:///" + path.Replace('\\', '/'),
    };

    // Null if the assembly is no woven copy.
    static string? WovenOriginalOf(Assembly assembly) =>
        assembly.Location is var location && ProgramFolder.OriginalOf(location) is var original && original != location ? original : null;
}
#endif
