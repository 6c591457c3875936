namespace ProfilerWeaver.Tool;

/// <summary>A woven copy, ready to run; it is kept as long as this is not disposed of.</summary>
/// <param name="original">The program that it is a copy of.</param>
/// <param name="stored">The copy.</param>
sealed class CachedCopy(TargetProgram original, StoredCopy stored) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Folder => stored.ProgramFolder;

    /// <summary>What the user should know about it, a line each.</summary>
    public IReadOnlyList<string> Notes => stored.Manifest.Notes;

    /// <summary>How many of its assemblies had machine code that the copy does not have.</summary>
    public int LostMachineCode => stored.Manifest.LostMachineCode;

    /// <summary>The program that it is a copy of.</summary>
    public TargetProgram Original => original;

    /// <summary>What the host is told to load in place of originals; null: the copy has an executable of its own, which
    /// brings .NET along.</summary>
    public string? Dependencies =>
        Path.Combine(Folder, WovenDependencies.FileName) is var list && File.Exists(list) ? list : null;

    /// <inheritdoc/>
    public void Dispose() => stored.Dispose();
}
