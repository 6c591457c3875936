using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>How a woven program is started: as the program itself would be, in its own folder, with a word to the host of
/// .NET which assemblies to load instead, and to the recorder where the profile goes.</summary>
static class ProgramStart
{
    /// <param name="copy">The program.</param>
    /// <param name="arguments">The program's own arguments.</param>
    /// <param name="wishes">What is recorded, and what is measured: environment variables, null for whatever the program is woven
    /// with.</param>
    /// <param name="output">Where the profile goes.</param>
    public static ProcessStartInfo Of(
        CachedCopy copy, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> wishes, ProfileOutput output)
    {
        var start = Of(copy);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[EnvironmentVariable.AutoStart] = "1";
        start.Environment[EnvironmentVariable.Output] = output.ForRecorder;
        start.Environment[EnvironmentVariable.Starter] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var (variable, value) in wishes)
        {
            if (value is not null)
                start.Environment[variable] = value;
        }
        return start;
    }

    static ProcessStartInfo Of(CachedCopy copy)
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
