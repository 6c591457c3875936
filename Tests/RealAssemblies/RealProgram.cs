using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.RealAssemblies;

/// <summary>A program that we did not write, in a folder of its own, with some of its assemblies woven.</summary>
sealed class RealProgram : IDisposable
{
    /// <summary>Stands for the folder in which the program runs, in its arguments.</summary>
    public const string Here = "{here}";

    readonly TemporaryFolder temporary = new();
    readonly string main;

    RealProgram(string main) => this.main = main;

    string Folder => Path.Combine(temporary.Location, "program");

    string WorkingFolder => Path.Combine(temporary.Location, "work");

    string ProfilePath => temporary.File("run.prof");

    /// <summary>Copies a program.</summary>
    /// <param name="main">The assembly with its entry point.</param>
    /// <param name="woven">The names of the assemblies beside it that are woven on the way; none: all stay as they
    /// are.</param>
    public static RealProgram Copy(string main, params string[] woven)
    {
        var program = new RealProgram(Path.GetFileName(main));
        Directory.CreateDirectory(program.Folder);
        Directory.CreateDirectory(program.WorkingFolder);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(main)!))
        {
            var copy = Path.Combine(program.Folder, Path.GetFileName(file));
            if (Path.GetExtension(file) == ".dll" && woven.Contains(Path.GetFileNameWithoutExtension(file)))
                Sdk.Weave(file, copy, new() { Output = program.ProfilePath });
            else if (!file.EndsWith(".deps.json", StringComparison.Ordinal)) // Without it all files beside belong.
                File.Copy(file, copy);
        }
        var runtime = typeof(Recorder).Assembly.Location;
        File.Copy(runtime, Path.Combine(program.Folder, Path.GetFileName(runtime)), overwrite: true);
        return program;
    }

    /// <summary>Writes a file into the folder in which the program runs.</summary>
    public void Write(string name, string content) => File.WriteAllText(Path.Combine(WorkingFolder, name), content);

    /// <summary>Runs the program and returns all that it left: its exit code, what it wrote to the console, and the files
    /// in the folder in which it ran.</summary>
    public Dictionary<string, string> Run(params string[] arguments)
    {
        var own = arguments.Select(argument => argument.Replace(Here, WorkingFolder, StringComparison.Ordinal));
        var run = CommandLine.Run("dotnet", WorkingFolder, ["exec", Path.Combine(Folder, main), .. own],
            ("DOTNET_CLI_UI_LANGUAGE", "en"), ("DOTNET_gcServer", "0"));
        var left = new Dictionary<string, string>
        {
            ["exit code"] = $"{run.ExitCode}",
            // Where its two streams end is marked by an empty line somewhere.
            ["console"] = string.Join('\n', run.Output.Replace(temporary.Location, "", StringComparison.Ordinal)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        };
        foreach (var file in Directory.GetFiles(WorkingFolder, "*", SearchOption.AllDirectories))
            left.Add(Path.GetRelativePath(WorkingFolder, file), Convert.ToHexString(File.ReadAllBytes(file)));
        return left;
    }

    /// <summary>The names of the rows in the profile of the last run.</summary>
    public IReadOnlyCollection<string> Rows() =>
        ProfFile.ReadRows(ProfilePath).Select(row => row.Label.Name).ToHashSet();

    public void Dispose() => temporary.Dispose();
}
