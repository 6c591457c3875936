using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The woven assemblies of a program, and what tells .NET to load them in place of the originals. All else stays
/// where it is.</summary>
/// <param name="program">The program.</param>
/// <param name="folder">The folder to make.</param>
/// <param name="place">The folder's name when it is used.</param>
/// <param name="settings">How to weave.</param>
sealed class WovenCopy(TargetProgram program, string folder, string place, WeaverSettings settings)
{
    readonly string runtimeLibrary = RuntimeLibrary.For(program);
    readonly List<string> wovenPaths = [];
    readonly List<string> precompiledPaths = [];

    /// <summary>What the user should know about assemblies that were left as they are, and about settings, a line
    /// each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>How many assemblies record, woven now or before.</summary>
    public int Woven { get; private set; }

    /// <summary>How many assemblies had machine code that the copy does not have.</summary>
    public int LostMachineCode { get; private set; }

    /// <summary>Makes the copy.</summary>
    /// <param name="choice">What is woven.</param>
    /// <param name="dependencies">The program's dependencies; null if it has no list of them.</param>
    /// <param name="withMachineCode">Whether assemblies that had machine code get some again.</param>
    /// <exception cref="ToolException">Nothing of the program can be woven, or the recorder would not run in it.</exception>
    /// <exception cref="PrecompilationException">There is no compiler.</exception>
    public void Make(AssemblyChoice choice, DependencyFile? dependencies, bool withMachineCode)
    {
        if (Frameworks.AreIncluded(program))
            SelfContainedCopy.RequireWholeFramework(program);
        Directory.CreateDirectory(folder);
        Weave(choice);
        if (Woven == 0)
            throw new ToolException($"no assembly of {program.Name} can be woven: {string.Join(" ", Notes)}");
        TellPlaces(choice, dependencies);
        File.Copy(runtimeLibrary, Path.Combine(folder, RuntimeLibrary.FileName));
        string[] libraries = settings.TestHost is null ? [RuntimeLibrary.FileName] : [RuntimeLibrary.FileName, TestMember.File];
        if (settings.TestHost is { } testHost)
            File.Copy(testHost, Path.Combine(folder, TestMember.File));
        if (RuntimeLibrary.NoteOn(program.Folder) is { } note)
            Notes.Add(note);
        LostMachineCode = precompiledPaths.Count;
        if (withMachineCode && LostMachineCode > 0)
            Compile();
        // ASP.NET Core looks for it beside the assembly.
        var webAssets = program.Name + ".staticwebassets.runtime.json";
        if (File.Exists(Path.Combine(program.Folder, webAssets)))
            File.Copy(Path.Combine(program.Folder, webAssets), Path.Combine(folder, webAssets));
        if (Frameworks.AreIncluded(program))
            SelfContainedCopy.Complete(program, dependencies, folder);
        else
            File.WriteAllText(Path.Combine(folder, WovenDependencies.FileName),
                WovenDependencies.For(program, dependencies, wovenPaths, libraries, place));
    }

    void Compile()
    {
        try
        {
            var failures = MachineCode.Compile(program, folder, precompiledPaths);
            LostMachineCode = failures.Count;
            Notes.AddRange(failures);
        }
        catch (ToolException e)
        {
            throw new PrecompilationException(e.Message, e);
        }
    }

    void NoteMachineCode(AssemblyFacts facts, string path)
    {
        if (!facts.HasMachineCode)
            return;
        lock (precompiledPaths)
            precompiledPaths.Add(path);
    }

    // Dependencies look beside the program's assemblies, too: a test framework, say, for the test's files.
    void TellPlaces(AssemblyChoice choice, DependencyFile? dependencies)
    {
        // The framework of a self-contained program does not, and would lose its machine code.
        var known = dependencies?.Assemblies().Where(asset => asset.Origin != AssemblyOrigin.Framework)
            .Select(asset => asset.Path.Replace('/', Path.DirectorySeparatorChar))
            ?? Directory.GetFiles(program.Folder, "*.dll").Select(file => Path.GetFileName(file));
        var candidates = known.Except(choice.Paths)
            .Where(path => Path.GetFileName(path) != RuntimeLibrary.FileName && File.Exists(Path.Combine(program.Folder, path)));
        string[] folders = [.. Frameworks.FoldersOf(program), program.Folder];
        AllProcessors.ForEach([.. candidates], path =>
        {
            var output = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            try
            {
                if (!FileWeaving.TellPlaces(Path.Combine(program.Folder, path), output, runtimeLibrary, folders))
                    return;
                using var facts = new AssemblyFacts(Path.Combine(program.Folder, path));
                NoteMachineCode(facts, path);
                lock (wovenPaths)
                    wovenPaths.Add(path);
            }
            catch (WeavingException)
            {
                // It is loaded from where it is.
            }
        });
    }

    void Weave(AssemblyChoice choice)
    {
        var together = settings with { WovenAlong = choice.Names, InPlaceOfOriginal = true };
        var warnings = new WeavingWarnings();
        var unoptimized = new List<string>();
        string[] folders = [.. Frameworks.FoldersOf(program), program.Folder];
        using var progress = Progress.Start($"Weaving {program.Name}", choice.Paths.Count);
        AllProcessors.ForEach(choice.Paths, path =>
        {
            var input = Path.Combine(program.Folder, path);
            var output = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            try
            {
                var report = FileWeaving.Weave(input, output, together, runtimeLibrary, folders);
                Count(null);
                using var facts = new AssemblyFacts(input);
                NoteMachineCode(facts, path);
                lock (wovenPaths)
                    wovenPaths.Add(path);
                lock (warnings)
                {
                    warnings.Add(report);
                    if (facts.IsUnoptimized)
                        unoptimized.Add(Path.GetFileName(path));
                }
            }
            catch (WeavingException e)
            {
                Count(WovenAssemblies.Contains(input) ? null : e.Message);
            }
            progress.Advance(path);
        });
        Notes.AddRange(warnings.Lines());
        if (unoptimized.Count > 0)
        {
            Notes.Add($"built for debugging, so that the JIT does not optimize: {string.Join(", ", unoptimized.Order())}. The times " +
                "are not those of a release: build with -c Release.");
        }

        void Count(string? note)
        {
            lock (Notes)
            {
                if (note is null)
                    Woven++;
                else
                    Notes.Add(note);
            }
        }
    }
}
