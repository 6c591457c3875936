using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>Where the profiles of a test run go: one for all of it, and beside it a folder of the same name with one for each
/// test.</summary>
sealed class TestOutput
{
    const string DefaultFolder = "profiles";

    readonly DateTime begun = DateTime.UtcNow;

    TestOutput(string outFile, ProfileOutput whole)
    {
        Whole = whole;
        var name = Path.GetFileName(outFile);
        var ending = whole.Format?.Endings.Where(known => name.EndsWith(known, StringComparison.OrdinalIgnoreCase)).MaxBy(known => known.Length)
            ?? Path.GetExtension(name);
        Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(outFile)!, ending.Length > 0 ? name[..^ending.Length] : name + ".tests"));
    }

    /// <summary>The profile of all tests.</summary>
    public ProfileOutput Whole { get; }

    /// <summary>The folder with the profile of each test.</summary>
    public string Folder { get; }

    /// <summary>How many there are in it of this run.</summary>
    public int Count => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.prof").Count(file => File.GetLastWriteTimeUtc(file) >= begun)
        : 0;

    /// <param name="program">The test project.</param>
    /// <param name="outFile">What the user has named; null: a file in the folder <c>profiles</c>.</param>
    public static TestOutput For(TargetProgram program, string? outFile)
    {
        if (outFile is null)
        {
            Directory.CreateDirectory(DefaultFolder);
            outFile = Path.Combine(DefaultFolder, program.Name.Replace("{", Placeholder.Brace, StringComparison.Ordinal) + ".prof");
        }
        // Tests run in a process whose number nobody knows, and there is one.
        outFile = outFile.Replace(Placeholder.Process, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var whole = ProfileOutput.For(program.Name, outFile);
        return new(whole.Format is null ? whole.NamedFor(0) : whole.ExportOf(0, ""), whole);
    }
}
