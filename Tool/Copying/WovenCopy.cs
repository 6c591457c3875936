using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>A copy of a program's folder in which assemblies are woven. What is not changed is a link to the
/// original.</summary>
sealed class WovenCopy(TargetProgram program, string folder, WeaverSettings settings)
{
    readonly string runtimeLibrary = RuntimeLibrary.For(program);

    /// <summary>What the user should know about assemblies that were left as they are, and about settings, a line
    /// each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>How many assemblies record, woven now or before.</summary>
    public int Woven { get; private set; }

    /// <summary>Makes the copy.</summary>
    /// <param name="choice">What is woven.</param>
    /// <param name="dependencies">The program's dependencies; null if it has no list of them.</param>
    /// <exception cref="ToolException">Nothing of the program can be woven.</exception>
    public void Make(AssemblyChoice choice, DependencyFile? dependencies)
    {
        Directory.CreateDirectory(folder);
        Weave(choice);
        if (Woven == 0)
            throw new ToolException($"no assembly of {program.Name} can be woven: {string.Join(" ", Notes)}");
        File.Copy(runtimeLibrary, Path.Combine(folder, RuntimeLibrary.FileName));
        if (dependencies is not null)
        {
            var version = typeof(Recorder).Assembly.GetName().Version!;
            File.WriteAllText(Path.Combine(folder, program.Name + ".deps.json"),
                dependencies.With(RecorderReferences.AssemblyName, version));
        }
        FolderLinks.Complete(program.Folder, folder);
    }

    void Weave(AssemblyChoice choice)
    {
        var together = settings with { WovenAlong = choice.Names };
        var warnings = new List<IEnumerable<string>>();
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
                lock (warnings)
                {
                    warnings.Add(report.Warnings);
                    if (facts.IsUnoptimized)
                        unoptimized.Add(Path.GetFileName(path));
                }
            }
            catch (WeavingException e)
            {
                // The host would follow a link from the main assembly back to the original's folder.
                if (input == program.Assembly)
                    File.Copy(input, output);
                Count(WovenAssemblies.Contains(input) ? null : e.Message);
            }
            progress.Advance(path);
        });
        // A pattern need not match in each of them.
        if (warnings.Count > 0)
            Notes.AddRange(warnings.Aggregate(Enumerable.Intersect));
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
