using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>A copy of the consumer projects in a folder of its own, to be built with the real MSBuild and run. The
/// folder's name has what paths may have: spaces, an apostrophe, letters beyond ASCII.</summary>
sealed class Consumer : IDisposable
{
    readonly string root;
    readonly HashSet<string> restored = [];

    /// <param name="folder">How the folder's name begins: others than ours stumble over some names.</param>
    public Consumer(string folder = "Consumer's földer ")
    {
        root = Path.Combine(Path.GetTempPath(), $"{folder}{Guid.NewGuid():N}");
        Copy(Path.Combine(PackageFeed.Repository, "Tests", "Consumers", "Projects"), root);
        PackageFeed.Configure(root);
    }

    /// <summary>The path of a file in the copy.</summary>
    public string this[string path] => Path.Combine(root, path);

    /// <summary>The main output of a project.</summary>
    public string Output(string project, string configuration, string extension = ".dll") =>
        this[$"{project}/bin/{configuration}/net10.0/{Path.GetFileName(project)}{extension}"];

    /// <summary>Environment variables of the builds.</summary>
    public List<(string Name, string Value)> BuildEnvironment { get; } =
    [
        ("PackageUnderTest", PackageFeed.Version), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"),
    ];

    /// <summary>Builds a project, which must succeed.</summary>
    public BuildLog Build(string project, string configuration, params string[] switches)
    {
        var log = TryBuild(project, configuration, switches);
        Assert.That(log.Succeeded, log.Complaints);
        restored.Add(project);
        return log;
    }

    /// <summary>Builds a project, which may fail.</summary>
    public BuildLog TryBuild(string project, string configuration, params string[] switches)
    {
        // One process with a warm compiler: many small builds, two of them at a time.
        string[] fixedArguments =
            ["build", this[project], "-c", configuration, "-v:n", "-nologo", "-m:1", "-p:UseSharedCompilation=true"];
        string[] restore = restored.Contains(project) ? ["--no-restore"] : [];
        var build = CommandLine.Run("dotnet", root, [.. fixedArguments, .. restore, .. switches],
            [.. BuildEnvironment]);
        return new(build.ExitCode == 0, build.Output);
    }

    /// <summary>Runs a project's program, which must succeed, in its own folder <c>run</c>.</summary>
    /// <returns>What it wrote.</returns>
    public string Run(string project, string configuration)
    {
        Directory.CreateDirectory(this["run"]);
        var program = CommandLine.Run("dotnet", this["run"], [Output(project, configuration)]);
        Assert.That(program.ExitCode, Is.Zero, program.Output);
        return program.Output;
    }

    /// <summary>The names of the profiles in the folder <c>run</c>.</summary>
    public IEnumerable<string?> Profiles => Directory.EnumerateFiles(this["run"], "*.prof").Select(Path.GetFileName);

    /// <summary>The rows of a profile in the folder <c>run</c>, as Python's pstats reads them.</summary>
    public IReadOnlyList<Row> Profile(string name)
    {
        const string Script = """
            import pstats, sys
            for (file, line, name), (primitive, calls, *_) in pstats.Stats(sys.argv[1]).stats.items():
                print(calls, line, name, file, sep="\t")
            """;
        return [.. CPython.Latest.Run(Script, this[$"run/{name}"])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('\t'))
            .Select(cells => new Row(int.Parse(cells[0]), int.Parse(cells[1]), cells[2], cells[3]))];
    }

    /// <summary>Removes what builds have made.</summary>
    public void Clean()
    {
        foreach (var name in new[] { "bin", "obj" })
            foreach (var folder in Directory.GetDirectories(root, name, SearchOption.AllDirectories))
                Directory.Delete(folder, recursive: true);
        restored.Clear();
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(source).Where(f => Path.GetFileName(f) is not ("bin" or "obj")))
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
    }
}

/// <summary>One row of a profile.</summary>
sealed record Row(int Calls, int Line, string Name, string File);

/// <summary>What a build said.</summary>
sealed record BuildLog(bool Succeeded, string Text)
{
    /// <summary>The lines with errors and warnings.</summary>
    public string Complaints => string.Join('\n', Text.Split('\n', StringSplitOptions.TrimEntries)
        .Where(line => Regex.IsMatch(line, @"(: |^)(error|warning)\b")).Distinct());

    /// <summary>How many assemblies our weaver wove.</summary>
    public int Weavings => Regex.Count(Text, "Executing weaver ProfilerWeaver");

    /// <summary>How many assemblies Fody looked at, with whatever weavers.</summary>
    public int FodyRuns => Regex.Count(Text, "Finished Fody");
}
