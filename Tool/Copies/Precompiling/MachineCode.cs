namespace ProfilerWeaver.Tool;

/// <summary>Gives woven assemblies the machine code again that their originals had: .NET then need not compile what is run when a
/// program starts.</summary>
static class MachineCode
{
    // Each compilation uses all processors for most of its time, and takes up to a gigabyte.
    const int AtOnce = 2;

    /// <summary>Compiles assemblies in the folder of a copy; those that cannot be compiled stay IL.</summary>
    /// <param name="paths">Where they lie in the folder.</param>
    /// <returns>What the user should know of those that were not compiled, a line each.</returns>
    /// <exception cref="ToolException">There is no compiler; the message says why, as the end of a sentence.</exception>
    public static IReadOnlyList<string> Compile(TargetProgram program, string folder, IReadOnlyCollection<string> paths)
    {
        var compiler = Crossgen.For(program);
        var references = References(program, folder);
        var failures = new List<string>();
        using var progress = Progress.Start($"Compiling {program.Name}", paths.Count);
        // The longest first.
        var ordered = paths.OrderByDescending(path => new FileInfo(Path.Combine(folder, path)).Length);
        Parallel.ForEach(ordered, new() { MaxDegreeOfParallelism = AtOnce }, path =>
        {
            var assembly = Path.Combine(folder, path);
            var image = assembly + ".r2r";
            try
            {
                compiler.Compile(assembly, image, references);
                File.Move(image, assembly, overwrite: true);
            }
            catch (Exception e) when (e is ToolException or IOException or UnauthorizedAccessException)
            {
                lock (failures)
                    failures.Add($"{Path.GetFileName(path)} was not recompiled ahead of time, so the JIT compiles it: {e.Message}");
            }
            finally
            {
                File.Delete(image);
            }
            progress.Advance(path);
        });
        return failures;
    }

    // Woven ones, and the recorder, before their originals.
    static List<string> References(TargetProgram program, string folder) =>
    [
        .. new[] { folder, program.Folder }.Concat(Frameworks.FoldersOf(program))
            .SelectMany(place => Directory.GetFiles(place, "*.dll").Order(StringComparer.Ordinal))
            .DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase),
    ];
}
