namespace ProfilerWeaver.Tool;

/// <summary>What the native tool leaves to the one that is a .NET program.</summary>
static class HandOver
{
    /// <summary>Leaves the command line of this process to it.</summary>
    /// <returns>Its exit code.</returns>
    public static int ToManagedTool() => ChildProcess.Run(new(DotNet.Host,
        [Path.Combine(ManagedTool.Folder, "dotnet-prof.dll"), .. Environment.GetCommandLineArgs().Skip(1)])).ExitCode;
}
