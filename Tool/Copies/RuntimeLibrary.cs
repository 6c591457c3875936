using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>The runtime library that comes with the tool.</summary>
static class RuntimeLibrary
{
    public const string FileName = RecorderMember.File;

    /// <summary>The one that the tool itself uses; it may be compiled ahead of time for this machine.</summary>
    public static string OfThisMachine { get; } = Path.Combine(ManagedTool.Folder, FileName);

    /// <summary>The one that runs anywhere.</summary>
    public static string Portable { get; } = Path.Combine(ManagedTool.Folder, "portable", FileName);

    /// <summary>What measures tests.</summary>
    public static string TestHost { get; } = Path.Combine(ManagedTool.Folder, TestMember.File);

    /// <summary>The one for a program that is run here. Windows and macOS also run executables of other processors, on
    /// which machine code for this one could not be loaded.</summary>
    public static string For(TargetProgram program) =>
        program.Host is null || OperatingSystem.IsLinux() ? OfThisMachine : Portable;

    /// <summary>What the user should know where the library takes the place of another one; null: nothing.</summary>
    /// <param name="folder">The folder of a program, which may bring a library of its own.</param>
    public static string? NoteOn(string folder)
    {
        var other = Path.Combine(folder, FileName);
        if (!File.Exists(other) || VersionOf(other) is not { } theirs || theirs == VersionOf(OfThisMachine))
            return null;
        return $"{other} is of version {theirs}; that of dotnet-prof, {VersionOf(OfThisMachine)}, is loaded in its place. Should the " +
            "program miss anything in it, update dotnet-prof and the package ProfilerWeaver.Fody of the program to the same version.";
    }

    static string? VersionOf(string library) => FileVersionInfo.GetVersionInfo(library).ProductVersion;
}
