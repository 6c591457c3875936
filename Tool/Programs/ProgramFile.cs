namespace ProfilerWeaver.Tool;

/// <summary>Finds the program that a path stands for.</summary>
static class ProgramFile
{
    static readonly string[] ProjectFiles = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>The program that a file is, after it was built if it is C#.</summary>
    /// <exception cref="ToolException">It is none; the message says what it is instead.</exception>
    public static TargetProgram Find(string path, RunArguments arguments)
    {
        if (path == SourceText.StandardInput)
            return SourceText.BuildStandardInput(arguments);
        var file = Path.GetFullPath(path);
        if (Directory.Exists(file))
        {
            throw new ToolException($"{path} is a folder. Specify the program in it (an app.dll), or use -m {path} to build and " +
                "profile the project in it.");
        }
        if (!File.Exists(file))
            throw new ToolException($"{path} does not exist. {Suggestion(path, file)}");
        var extension = Path.GetExtension(file);
        if (extension.Equals(".cs", StringComparison.OrdinalIgnoreCase))
            return ProjectBuild.Build(file, arguments);
        if (IsProject(file))
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
            return ProjectBuild.Build(file, arguments);
        return OfExecutable(path, file);
    }

    public static bool IsProject(string file) =>
        Array.IndexOf(ProjectFiles, Path.GetExtension(file).ToLowerInvariant()) >= 0;

    /// <summary>The program that is started by <paramref name="file"/>: its main assembly, or the executable beside
    /// it.</summary>
    /// <param name="name">What the user called it.</param>
    public static TargetProgram OfExecutable(string name, string file) =>
        Path.GetExtension(file).Equals(".dll", StringComparison.OrdinalIgnoreCase) ? OfAssembly(name, file) : OfHost(name, file);

    /// <summary>The program whose main assembly is <paramref name="file"/>.</summary>
    /// <param name="name">What the user called it.</param>
    public static TargetProgram OfAssembly(string name, string file)
    {
        var program = new TargetProgram(file, Host: null);
        if (File.Exists(program.RuntimeConfiguration))
            return program;
        if (TargetOfLink(file) is { } target)
            return OfAssembly(name, target);
        if (!IsManaged(file))
            throw new ToolException($"{name} is not a .NET assembly.");
        throw new ToolException($"{name} is not a program: there is no {Path.GetFileName(program.RuntimeConfiguration)} " +
            "next to it. Specify the program that uses it; --weave " + program.Name + " weaves it as well.");
    }

    /// <summary>The program that was built to <paramref name="assembly"/>, started by the executable beside it, if there is
    /// one, as <c>dotnet run</c> does: the program may start it again by its name.</summary>
    /// <param name="name">What the user called it.</param>
    public static TargetProgram OfBuilt(string name, string assembly)
    {
        var host = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        return OfAssembly(name, assembly) with { Host = File.Exists(host) ? host : null };
    }

    static string? TargetOfLink(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName;

    // The executable beside a program's main assembly starts it.
    static TargetProgram OfHost(string name, string file)
    {
        var assembly = file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)
            ? Path.ChangeExtension(file, ".dll")
            : file + ".dll";
        if (File.Exists(assembly) && File.Exists(new TargetProgram(assembly, null).RuntimeConfiguration))
            return new(assembly, file);
        if (TargetOfLink(file) is { } target)
            return OfExecutable(name, target);
        throw new ToolException(name + NativeProgram.Describe(file));
    }

    static bool IsManaged(string file)
    {
        try
        {
            return Weaving.ImageHeaders.KindOf(File.ReadAllBytes(file))
                is not (Weaving.ImageKind.None or Weaving.ImageKind.Native);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or EndOfStreamException)
        {
            return false;
        }
    }

    static string Suggestion(string path, string file)
    {
        const string What = "a built program (app.dll), a C# file (app.cs), or -m and the name of a project or an installed tool.";
        return File.Exists(file + ".dll") ? $"Did you mean {Path.GetFileName(file)}.dll?"
            : CommandLine.VerbLike(path) is { } verb ? $"Did you mean dotnet prof {verb}? Otherwise, specify {What}"
            : "Specify " + What;
    }
}
