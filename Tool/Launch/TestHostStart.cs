using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>How the tests of a VSTest project are started: by VSTest, whose host is told to load the woven assemblies.</summary>
static class TestHostStart
{
    // VSTest kills its host 100 ms after the last test, perhaps before the profile is written.
    const string ShutdownVariable = "VSTEST_TESTHOST_SHUTDOWN_TIMEOUT";
    const string ShutdownMilliseconds = "300000";

    /// <param name="copy">The test project.</param>
    /// <param name="arguments">Arguments for VSTest.</param>
    /// <param name="wishes">As for <see cref="ProgramStart.Of(CachedCopy, IEnumerable{string}, IEnumerable{KeyValuePair{string, string}}, ProfileOutput)"/>.</param>
    /// <param name="output">Where the profiles go.</param>
    public static ProcessStartInfo Of(
        CachedCopy copy, IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string?>> wishes, TestOutput output)
    {
        if (copy.Dependencies is not { } dependencies)
            throw new ToolException($"{copy.Original.Name} is self-contained, which VSTest does not support. Build it without --self-contained.");
        var start = new ProcessStartInfo(DotNet.Host, ["vstest", copy.Original.Assembly]);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (copy.Original.RunSettings is { } settings && !arguments.Any(IsSettings))
            start.ArgumentList.Add("--Settings:" + settings);
        foreach (var (variable, value) in ForHost(dependencies, wishes, output))
            start.ArgumentList.Add($"--Environment:{variable}={value}");
        if (!start.Environment.ContainsKey(ShutdownVariable))
            start.Environment[ShutdownVariable] = ShutdownMilliseconds;
        return start;
    }

    // Not for VSTest itself, which is a .NET program, too.
    static IEnumerable<KeyValuePair<string, string>> ForHost(string dependencies, IEnumerable<KeyValuePair<string, string?>> wishes, TestOutput output)
    {
        yield return new(ProgramFolder.DependenciesVariable, dependencies);
        yield return new(EnvironmentVariable.AutoStart, "1");
        yield return new(EnvironmentVariable.Output, output.Whole.ForRecorder);
        yield return new(TestMember.FolderVariable, output.Folder);
        foreach (var (variable, value) in wishes)
        {
            if (value is not null)
                yield return new(variable, value);
        }
    }

    static bool IsSettings(string argument) => argument.TrimStart('-', '/').StartsWith("Settings:", StringComparison.OrdinalIgnoreCase);
}
