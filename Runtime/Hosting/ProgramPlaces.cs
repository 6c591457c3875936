#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace ProfilerWeaver;

// In single files nothing is woven by dotnet prof; what the program asks for there is its own affair.
#pragma warning disable IL3000, IL3002

/// <summary>What assemblies call instead of the framework that <c>dotnet prof</c> has loaded in place of their originals.
/// Not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ProgramPlaces
{
    /// <summary>The path of an assembly; of a woven copy: that of its original.</summary>
    public static string LocationOf(Assembly assembly) => ProgramFolder.OriginalOf(assembly.Location);

    /// <summary>The same as a URI.</summary>
    public static string? CodeBaseOf(Assembly assembly)
    {
#pragma warning disable SYSLIB0012 // The program asks for it.
        var location = assembly.Location;
        return ProgramFolder.OriginalOf(location) is var original && original == location
            ? assembly.CodeBase
            : new Uri(original).AbsoluteUri;
#pragma warning restore SYSLIB0012
    }

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
}
#endif
