using System.Diagnostics;
using System.Text;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What profiling costs a whole program that nobody tuned for it: the C# compiler of the SDK, woven whole, compiles
/// <c>Samples/CodeStats</c>.</summary>
static class ProgramsTable
{
    const int Rounds = 3;

    // What the recorder itself may use for trees.
    const double MostForTrees = 330;
    const double MostAfterEnd = 0.1;

    /// <summary>Prints the table.</summary>
    /// <returns>Whether the targets hold.</returns>
    public static bool Print(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("programs");
        try
        {
            var compiler = new Compiler(folder.FullName);
            output.WriteLine(Machine.Describe());
            output.WriteLine(Invariant($"csc, woven with --weave '*' --no-builtins; medians of {Rounds} (seconds; MB at the most)"));
            output.WriteLine();
            output.WriteLine("              elapsed   after its end      MB   profile, MB");
            Row("unwoven", compiler, null);
            var flat = Row("flat", compiler, ["--no-subcalls"]);
            var tree = Row("tree", compiler, []);
            var holds = tree.Megabytes - flat.Megabytes <= MostForTrees && tree.AfterEnd <= MostAfterEnd * tree.Elapsed;
            output.WriteLine();
            output.WriteLine(Invariant($"tree: {tree.Megabytes - flat.Megabytes:F0} MB more than flat (at most {MostForTrees:F0}), ") +
                Invariant($"{tree.AfterEnd / tree.Elapsed:P0} of the time after its end (at most {MostAfterEnd:P0})"));
            return holds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Figures Row(string name, Compiler compiler, string[]? options)
        {
            compiler.Run(options); // weaves, and fills the system's caches
            var runs = Enumerable.Range(0, Rounds).Select(_ => compiler.Run(options)).ToList();
            var median = new Figures(Median(runs, run => run.Elapsed), Median(runs, run => run.AfterEnd), Median(runs, run => run.Megabytes),
                Median(runs, run => run.ProfileMegabytes));
            output.WriteLine(Invariant($"{name,-12} {median.Elapsed,8:F2} {median.AfterEnd,15:F2} {median.Megabytes,7:F0} {median.ProfileMegabytes,13:F1}"));
            return median;
        }
    }

    static double Median(List<Figures> runs, Func<Figures, double> figure) => runs.Select(figure).Order().ElementAt(runs.Count / 2);

    readonly record struct Figures(double Elapsed, double AfterEnd, double Megabytes, double ProfileMegabytes);

    /// <summary>Runs the compiler.</summary>
    sealed class Compiler
    {
        // As the SDK has them for C#.
        static readonly string[] Spaces = ["", ".Collections.Generic", ".IO", ".Linq", ".Threading", ".Threading.Tasks"];

        readonly string[] command;
        readonly string assembly;
        readonly string profile;
        readonly string tool;

        public Compiler(string folder)
        {
            var repository = StartTable.Repository;
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
            var sdk = Directory.GetDirectories(Path.Combine(root, "sdk")).Order(StringComparer.Ordinal).Last();
            assembly = Path.Combine(folder, "CodeStats.dll");
            profile = Path.Combine(folder, "csc.prof");
            tool = Path.Combine(StartTable.ToolFolder, "dotnet-prof.dll");
            var usings = Path.Combine(folder, "Usings.cs");
            File.WriteAllLines(usings, Spaces.Select(space => $"global using System{space};"));
            var sources = Directory.EnumerateFiles(Path.Combine(repository, "Samples", "CodeStats"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));
            var arguments = new[] { "-nologo", "-nostdlib+", "-parallel-", "-nullable:enable", "-langversion:latest", "-out:" + assembly, usings }
                .Concat(sources)
                .Concat(Directory.EnumerateFiles(runtime, "*.dll").Where(IsManaged)
                    .Concat([typeof(Profile).Assembly.Location, typeof(Stats).Assembly.Location]).Select(file => "-r:" + file));
            var response = Path.Combine(folder, "csc.rsp");
            File.WriteAllLines(response, arguments.Select(argument => $"\"{argument}\""));
            command = [Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"), "-noconfig", "@" + response];
        }

        /// <summary>Compiles.</summary>
        /// <param name="options">Those of the tool; null: without it.</param>
        public Figures Run(string[]? options)
        {
            File.Delete(assembly);
            string[] line = options is null ? command : [tool, "run", "-o", profile, "--weave", "*", "--no-builtins", .. options, .. command];
            var start = DateTime.UtcNow;
            using var process = Process.Start(new ProcessStartInfo("dotnet", line) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = new StringBuilder();
            process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
            process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            var most = 0L;
            while (!process.WaitForExit(10))
                most = Math.Max(most, options is null ? ProcessMemory.PeakOf(process.Id) : ProcessMemory.PeakOfChild(process.Id));
            var end = DateTime.UtcNow;
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"csc ended with exit code {process.ExitCode}: {said}");
            return new((end - start).TotalSeconds, (end - File.GetLastWriteTimeUtc(assembly)).TotalSeconds, most / 1e6,
                options is null ? 0 : new FileInfo(profile).Length / 1e6);
        }

        static bool IsManaged(string file)
        {
            using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
            return image.HasMetadata;
        }
    }
}
