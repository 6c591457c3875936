using System.Diagnostics;
using System.Text.Json;

namespace ProfilerWeaver.Tool;

/// <summary>Builds a project, or a C# file that is a program of its own, with the SDK.</summary>
static class ProjectBuild
{
    /// <summary>Builds and returns the program.</summary>
    /// <param name="source">The absolute path of a project file or a C# file.</param>
    /// <exception cref="ToolException">It cannot be built; the compiler has said why.</exception>
    public static TargetProgram Build(string source, TargetChoice choice)
    {
        var results = Path.GetTempFileName();
        try
        {
            using var progress = Progress.Start($"Building {Path.GetFileName(source)}");
            var start = new ProcessStartInfo(DotNet.Host)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetDirectoryName(source),
            };
            string[] framework = choice.Framework is null ? [] : ["--framework", choice.Framework];
            foreach (var argument in (string[])["build", source, "-c", choice.Configuration, .. framework, "-nologo",
                "-v:q", "-clp:NoSummary", "-t:Build", "-getProperty:TargetPath,OutputType,TargetFrameworks,RunSettingsFilePath",
                "-getResultOutputFile:" + results])
                start.ArgumentList.Add(argument);
            using var build = Process.Start(start)!;
            var errors = build.StandardError.ReadToEndAsync();
            var output = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            if (build.ExitCode != 0)
                throw new ToolException($"{source} could not be built:") { Details = [.. ErrorsIn(output + errors.Result)] };
            return ProgramIn(File.ReadAllText(results), source);
        }
        finally
        {
            File.Delete(results);
        }
    }

    // The first few; what a file-based program warns about is of no interest here.
    static IEnumerable<string> ErrorsIn(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var errors = lines.Where(line => line.Contains("error ", StringComparison.Ordinal)).Distinct().ToList();
        return (errors.Count > 0 ? errors : [.. lines]).Take(10);
    }

    static TargetProgram ProgramIn(string results, string source)
    {
        var properties = JsonDocument.Parse(results).RootElement.GetProperty("Properties");
        var path = Value("TargetPath");
        if (path.Length == 0)
        {
            throw new ToolException($"{source} has several target frameworks ({Value("TargetFrameworks")}). Select one " +
                "with --framework.");
        }
        return Value("OutputType") is "Exe" or "WinExe"
            ? BuiltProgram.OfBuilt(source, path) with { RunSettings = Value("RunSettingsFilePath") is { Length: > 0 } file ? file : null }
            : throw new ToolException($"{source} is a library. Specify the project of a program that uses it.");

        string Value(string name) => properties.GetProperty(name).GetString() ?? "";
    }
}
