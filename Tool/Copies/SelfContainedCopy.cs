using System.Text.Json.Nodes;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>What the copy of a program needs that brings .NET along: its host takes no additional dependencies, and must be
/// beside the main assembly. So the copy has an executable and lists of its own; these name the files in the program's
/// folder. The recorder makes that folder the base directory.</summary>
static class SelfContainedCopy
{
    static readonly string[] HostLibraries = ["hostfxr", "hostpolicy"];

    /// <summary>The executable of a program that brings .NET along.</summary>
    public static string HostOf(TargetProgram program) =>
        program.Host ?? Path.ChangeExtension(program.Assembly, OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Makes sure that the .NET that a program brings along has all that the recorder needs.</summary>
    /// <exception cref="ToolException">It was trimmed.</exception>
    public static void RequireWholeFramework(TargetProgram program)
    {
        if (MissingReferences.FirstOf(RuntimeLibrary.Portable, program.Folder) is { } missing)
        {
            throw new ToolException($"{program.Name} was published trimmed: the .NET in its folder lacks what the recorder needs ({missing}). " +
                "Publish it without PublishTrimmed, or add the package ProfilerWeaver.Fody, which weaves before anything is trimmed.");
        }
    }

    /// <summary>Completes the folder with the woven assemblies.</summary>
    public static void Complete(TargetProgram program, DependencyFile? dependencies, string folder)
    {
        if (dependencies is null)
        {
            throw new ToolException($"{program.Name} brings .NET along, but has no {program.Name}.deps.json. Publish it again, " +
                "with GenerateDependencyFile, or without --self-contained.");
        }
        if (!File.Exists(HostOf(program)))
        {
            throw new ToolException($"{program.Name} brings .NET along, but its executable {HostOf(program)} is missing, " +
                "as in the folder in which PublishAot builds. Build it without -r, or publish it without PublishAot.");
        }
        Copy(HostOf(program));
        foreach (var file in Directory.GetFiles(program.Folder))
        {
            if (HostLibraries.Any(library => Path.GetFileNameWithoutExtension(file).EndsWith(library, StringComparison.Ordinal)))
                Copy(file);
        }
        if (!File.Exists(PathOf(program.Assembly)))
            Copy(program.Assembly);
        File.WriteAllText(PathOf(program.Name + ".deps.json"), dependencies.Beside(program.Folder));
        File.WriteAllText(PathOf(program.RuntimeConfiguration), Configuration(program));

        void Copy(string file) => File.Copy(file, PathOf(file));

        string PathOf(string file) => Path.Combine(folder, Path.GetFileName(file));
    }

    static string Configuration(TargetProgram program)
    {
        var root = JsonNode.Parse(File.ReadAllText(program.RuntimeConfiguration))!.AsObject();
        var options = root["runtimeOptions"]!.AsObject();
        options["additionalProbingPaths"] = new JsonArray(program.Folder);
        options.TryAdd("configProperties", new JsonObject());
        options["configProperties"]![ProgramFolder.FolderProperty] = program.Folder + Path.DirectorySeparatorChar;
        return root.ToJsonString();
    }
}
