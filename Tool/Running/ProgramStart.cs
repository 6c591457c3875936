using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>How a woven program is started: as the program itself would be, in its own folder, with a word to the host of
/// .NET which assemblies to load instead.</summary>
static class ProgramStart
{
    public static ProcessStartInfo Of(CachedCopy copy)
    {
        var program = copy.Original;
        if (copy.Dependencies is not { } dependencies)
            return new(Path.Combine(copy.Folder, Path.GetFileName(SelfContainedCopy.HostOf(program))));
        if (Environment.GetEnvironmentVariable(ProgramFolder.DependenciesVariable) is { Length: > 0 } others)
            dependencies += Path.PathSeparator + others;
        if (program.Host is null)
            return new(DotNet.Host, ["--additional-deps", dependencies, program.Assembly]);
        // It has no options.
        var start = new ProcessStartInfo(program.Host);
        start.Environment[ProgramFolder.DependenciesVariable] = dependencies;
        DotNet.TellHost(start.Environment);
        return start;
    }
}
