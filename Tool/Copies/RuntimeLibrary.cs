using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The runtime library that comes with the tool.</summary>
static class RuntimeLibrary
{
    public const string FileName = RecorderMember.File;

    /// <summary>The one that the tool itself uses; it may be compiled ahead of time for this machine.</summary>
    public static string OfThisMachine { get; } = Path.Combine(ManagedTool.Folder, FileName);

    /// <summary>The one that runs anywhere.</summary>
    public static string Portable { get; } = Path.Combine(ManagedTool.Folder, "portable", FileName);

    /// <summary>The one for a program that is run here. Windows and macOS also run executables of other processors, on
    /// which machine code for this one could not be loaded.</summary>
    public static string For(TargetProgram program) =>
        program.Host is null || OperatingSystem.IsLinux() ? OfThisMachine : Portable;
}
