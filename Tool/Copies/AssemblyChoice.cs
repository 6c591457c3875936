using System.Text.RegularExpressions;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The assemblies of a program that are to be woven.</summary>
/// <param name="Paths">Their paths, relative to the program's folder.</param>
/// <param name="Notes">What the user should know about others, a line each.</param>
sealed record AssemblyChoice(IReadOnlyList<string> Paths, IReadOnlyList<string> Notes)
{
    /// <summary>Their simple names.</summary>
    public string[] Names => [.. Paths.Select(path => Path.GetFileNameWithoutExtension(path)!).Distinct()];

    /// <summary>Chooses the program's own assemblies, and the dependencies that match a pattern.</summary>
    /// <param name="patterns">Names of assemblies, with <c>*</c> and <c>?</c>.</param>
    /// <exception cref="ToolException">A pattern matches nothing.</exception>
    public static AssemblyChoice Of(TargetProgram program, DependencyFile? dependencies, IReadOnlyList<string> patterns)
    {
        var origins = Origins(program, dependencies);
        var chosen = origins.Where(known => known.Value == AssemblyOrigin.Own).Select(known => known.Key).ToList();
        var others = origins.Where(known => known.Value is AssemblyOrigin.Package or AssemblyOrigin.File).Select(known => known.Key).ToList();
        foreach (var pattern in patterns)
        {
            var regex = new Regex("^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + "$",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            var matches = others.FindAll(path => regex.IsMatch(Path.GetFileNameWithoutExtension(path)));
            if (matches.Count == 0 && pattern != "*"
                && !chosen.Exists(path => regex.IsMatch(Path.GetFileNameWithoutExtension(path))))
                throw new ToolException($"--weave {pattern} matches no assembly of {program.Name}. {Suggestion(pattern, others)}");
            chosen.AddRange(matches);
        }
        return new([.. chosen.Distinct()], [.. NotesOn(program,
            others.Except(chosen).Where(path => origins[path] == AssemblyOrigin.File))]);
    }

    // What was built here is most likely a part of the program to its user.
    static IEnumerable<string> NotesOn(TargetProgram program, IEnumerable<string> files) =>
        from path in files
        where LocalBuild.Contains(Path.Combine(program.Folder, path))
        let name = Path.GetFileNameWithoutExtension(path)
        select $"{name} was built on this machine but is not woven: {program.Name}.deps.json does not list it as one of the " +
            $"program's projects. --weave {name} weaves it as well.";

    static Dictionary<string, AssemblyOrigin> Origins(TargetProgram program, DependencyFile? dependencies)
    {
        var origins = new Dictionary<string, AssemblyOrigin>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, origin) in dependencies?.Assemblies() ?? [])
        {
            // An assembly may be listed twice, as a project and as a reference: where the file of the project, the assembly
            // and the package are called differently, for example.
            var isOwn = origins.TryGetValue(path, out var known) && known == AssemblyOrigin.Own;
            if (!isOwn && File.Exists(Path.Combine(program.Folder, path)))
                origins[path] = origin;
        }
        foreach (var file in Directory.GetFiles(program.Folder, "*.dll"))
            origins.TryAdd(Path.GetFileName(file), AssemblyOrigin.File);
        origins[Path.GetFileName(program.Assembly)] = AssemblyOrigin.Own;
        foreach (var path in origins.Keys.Where(IsNothingToWeave).ToList())
            origins.Remove(path);
        return origins;
    }

    static bool IsNothingToWeave(string path) =>
        path.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase)
        || Libraries.IsOurs(Path.GetFileNameWithoutExtension(path));

    static string Suggestion(string pattern, List<string> others)
    {
        if (others.Count == 0)
            return "It has only its own assemblies and those of the framework, which are not woven.";
        var nearest = NearestName.Of(pattern, others.Select(path => Path.GetFileNameWithoutExtension(path)!));
        return $"Did you mean {nearest}? Assemblies of the framework are not woven.";
    }
}
