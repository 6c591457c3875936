namespace ProfilerWeaver.Tool;

/// <summary>Finds the program that a name stands for: a project, an installed .NET tool, or an assembly.</summary>
static class Module
{
    /// <summary>The program; a project is built first.</summary>
    /// <exception cref="ToolException">There is none of that name; the message says where it was looked for.</exception>
    public static TargetProgram Find(TargetChoice choice)
    {
        var name = choice.Name;
        var path = Path.GetFullPath(name);
        if (Directory.Exists(path))
            return ProjectBuild.Build(ProjectIn(name, path), choice);
        if (ProjectFile.Is(path))
        {
            return File.Exists(path)
                ? ProjectBuild.Build(path, choice)
                : throw new ToolException($"the project {name} does not exist.");
        }
        if (File.Exists(path))
            return ProgramFile.Find(choice);
        return InstalledTools.Find(name) ?? OnSearchPath(name) ?? throw new ToolException(
            $"there is no project, .NET tool or program named {name}. Searched the folder {Environment.CurrentDirectory}, the " +
            "tool manifest, the global tools and the folders of PATH." + (InstalledTools.Nearest(name) is { } nearest
                ? $" Did you mean {nearest}?"
                : ""));
    }

    static string ProjectIn(string name, string folder)
    {
        var projects = Directory.GetFiles(folder).Where(ProjectFile.Is).ToList();
        return projects.Count switch
        {
            1 => projects[0],
            0 => throw new ToolException($"the folder {name} has no project (.csproj, .fsproj or .vbproj)." +
                (Directory.GetFiles(folder).FirstOrDefault(Solution.Is) is { } solution
                    ? $" It has the solution {Path.GetFileName(solution)}. {Solution.Advice(solution)}"
                    : "")),
            _ => throw new ToolException($"the folder {name} has several projects: " +
                $"{string.Join(", ", projects.Select(Path.GetFileName))}. Specify one of them."),
        };
    }

    static TargetProgram? OnSearchPath(string name)
    {
        foreach (var folder in SearchPath.Folders.Prepend(Environment.CurrentDirectory))
        {
            // What lies there may be a link into the folder of the program.
            foreach (var candidate in new[] { name + ".dll", name })
            {
                var file = new FileInfo(Path.Combine(folder, candidate));
                var target = file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName : "";
                var assembly = Path.ChangeExtension(target, ".dll");
                if (File.Exists(assembly) && File.Exists(Path.ChangeExtension(assembly, ".runtimeconfig.json")))
                    return candidate == name ? BuiltProgram.OfBuilt(name, assembly) : BuiltProgram.OfAssembly(name, assembly);
            }
        }
        return null;
    }
}
