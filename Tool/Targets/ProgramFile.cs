namespace ProfilerWeaver.Tool;

/// <summary>Finds the program that a path stands for.</summary>
static class ProgramFile
{
    /// <summary>The program that a file is, after it was built if it is C#.</summary>
    /// <exception cref="ToolException">It is none; the message says what it is instead.</exception>
    public static TargetProgram Find(TargetChoice choice)
    {
        var path = choice.Name;
        if (path == SourceText.StandardInput)
            return SourceText.BuildStandardInput(choice);
        var file = Path.GetFullPath(path);
        if (Directory.Exists(file))
        {
            throw new ToolException($"{path} is a folder. Specify the program in it (an app.dll), or use -m {path} to build and " +
                "profile the project in it.");
        }
        if (!File.Exists(file))
            throw new ToolException($"{path} does not exist. {Suggestion(choice, file)}");
        var extension = Path.GetExtension(file);
        if (extension.Equals(".cs", StringComparison.OrdinalIgnoreCase))
            return ProjectBuild.Build(file, choice);
        if (ProjectFile.Is(file))
            throw new ToolException($"{path} is a project. Use -m {path} to build and profile it.");
        if (Solution.Is(file))
            throw new ToolException($"{path} is a solution. {Solution.Advice(file)}");
        if (extension is ".fsx" or ".csx")
        {
            throw new ToolException($"{path} is a script that is compiled in memory as it runs, which leaves nothing to weave. " +
                (extension is ".fsx" ? "Make it a project (dotnet new console -lang F#) and specify it with -m."
                    : "Turn it into a file for dotnet run (app.cs)."));
        }
        if (SourceText.IsGivenToDotNet(file))
            return ProjectBuild.Build(file, choice);
        return BuiltProgram.OfExecutable(path, file);
    }

    static string Suggestion(TargetChoice choice, string file)
    {
        const string What = "a built program (app.dll), a C# file (app.cs), or -m and the name of a project or an installed tool.";
        return File.Exists(file + ".dll") ? $"Did you mean {Path.GetFileName(file)}.dll?"
            : choice.Alternative(choice.Name) is { } other ? $"Did you mean {other}? Otherwise, specify {What}"
            : "Specify " + What;
    }
}
