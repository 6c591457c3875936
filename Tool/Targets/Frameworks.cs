using System.Text.Json;

namespace ProfilerWeaver.Tool;

/// <summary>The shared frameworks that a program runs on, found as the host of .NET finds them.</summary>
static class Frameworks
{
    const string Core = "Microsoft.NETCore.App";
    const int OldestMajor = 8;

    /// <summary>The folders of the frameworks; none for a program that brings its framework along.</summary>
    /// <exception cref="ToolException">One is not installed, or is too old for the recorder.</exception>
    public static IReadOnlyList<string> FoldersOf(TargetProgram program)
    {
        var folders = new List<string>();
        Add(program.RuntimeConfiguration, program.Name, folders);
        return folders;
    }

    /// <summary>The folder of the newest one that is installed, without what it builds on and is built on.</summary>
    public static string Newest() => Installed(Core) is [.., var newest]
        ? newest.Folder
        : throw new ToolException($"{DotNet.Root} has no {Core}. Install .NET there, or set DOTNET_ROOT.");

    /// <summary>The names of all versions of .NET that are installed.</summary>
    public static string InstalledCores() => string.Join(',', Installed(Core).Select(core => Path.GetFileName(core.Folder)));

    /// <summary>The version of .NET that a program runs on.</summary>
    /// <exception cref="ToolException">It is not installed.</exception>
    public static string CoreVersionOf(TargetProgram program)
    {
        using var document = Load(program.RuntimeConfiguration);
        return Options(document).TryGetProperty("includedFrameworks", out var included)
            ? included.EnumerateArray().First(framework => framework.GetProperty("name").GetString() == Core).GetProperty("version").GetString()!
            : Path.GetFileName(FoldersOf(program).Single(folder => Path.GetFileName(Path.GetDirectoryName(folder)) == Core));
    }

    /// <summary>Whether a program brings its framework along.</summary>
    public static bool AreIncluded(TargetProgram program)
    {
        using var document = Load(program.RuntimeConfiguration);
        return Options(document).TryGetProperty("includedFrameworks", out _);
    }

    static void Add(string configuration, string program, List<string> folders)
    {
        using var document = Load(configuration);
        var options = Options(document);
        var rollForward = Environment.GetEnvironmentVariable("DOTNET_ROLL_FORWARD") is { Length: > 0 } variable ? variable
            : options.TryGetProperty("rollForward", out var property) ? property.GetString() ?? ""
            : "Minor";
        foreach (var framework in In(options))
        {
            var name = framework.GetProperty("name").GetString()!;
            var version = framework.TryGetProperty("version", out var text) ? text.GetString()! : "0.0.0";
            var folder = Find(name, version, rollForward, program);
            if (folders.Contains(folder))
                continue;
            folders.Add(folder);
            if (name != Core)
                Add(Path.Combine(folder, name + ".runtimeconfig.json"), program, folders);
        }
    }

    static JsonDocument Load(string configuration)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(configuration),
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException e)
        {
            throw new ToolException($"{configuration} is not well-formed JSON: {e.Message} Rebuild the program.", cause: e);
        }
    }

    static JsonElement Options(JsonDocument document) =>
        document.RootElement.TryGetProperty("runtimeOptions", out var options) ? options : document.RootElement;

    static IEnumerable<JsonElement> In(JsonElement options)
    {
        if (options.TryGetProperty("framework", out var one))
            yield return one;
        if (!options.TryGetProperty("frameworks", out var several))
            yield break;
        foreach (var framework in several.EnumerateArray())
            yield return framework;
    }

    static string Find(string name, string version, string rollForward, string program)
    {
        var wanted = Parse(version);
        var installed = Installed(name);
        var fitting = installed.FindAll(candidate => candidate.Version >= wanted && Rolls(wanted, candidate.Version));
        if (fitting.Count == 0)
        {
            var known = installed.Count == 0 ? "none"
                : string.Join(", ", installed.Select(candidate => Path.GetFileName(candidate.Folder)));
            throw new ToolException($"{program} needs {name} {version}, and {DotNet.Root} has {known}. Install it, or set " +
                "DOTNET_ROLL_FORWARD=Major to run the program on a newer one.");
        }
        // The nearest major and minor version, unless the latest is asked for; of that the latest patch.
        var nearest = rollForward.StartsWith("Latest", StringComparison.OrdinalIgnoreCase) ? fitting[^1] : fitting[0];
        var chosen = fitting.Last(candidate => candidate.Version.Major == nearest.Version.Major
            && candidate.Version.Minor == nearest.Version.Minor);
        if (name == Core && chosen.Version.Major < OldestMajor)
        {
            throw new ToolException($"{program} runs on .NET {chosen.Version.Major}; dotnet prof needs .NET " +
                $"{OldestMajor} or later. Set DOTNET_ROLL_FORWARD=LatestMajor to run it on the latest version.");
        }
        return chosen.Folder;

        bool Rolls(Version from, Version to) => rollForward.ToUpperInvariant() switch
        {
            "MAJOR" or "LATESTMAJOR" => true,
            "DISABLE" => to == from,
            "LATESTPATCH" => to.Major == from.Major && to.Minor == from.Minor,
            _ => to.Major == from.Major,
        };
    }

    static List<(string Folder, Version Version)> Installed(string name)
    {
        var root = Path.Combine(DotNet.Root, "shared", name);
        return [.. (Directory.Exists(root) ? Directory.GetDirectories(root) : [])
            .Select(folder => (Folder: folder, Version: Parse(Path.GetFileName(folder))))
            .OrderBy(candidate => candidate.Version)];
    }

    static Version Parse(string text) => Version.TryParse(text.Split('-')[0], out var version) ? version : new();
}
