using System.Globalization;

namespace ProfilerWeaver.Benchmarks;

/// <summary>Profiles of woven programs that do something else in each run.</summary>
static class ManyProfiles
{
    /// <summary>How many are of a whole folder of this repository.</summary>
    public const int LargeOnes = 5;

    // More than these are of programs that are done sooner.
    const int OfCodeStats = 300;
    const int MostCalls = 100;

    static readonly string[] SmallPrograms = ["Leaves", "Recursion", "Mixed", "Longer", "Allocations", "Builtins", "Asynchronous"];

    /// <summary>The profile of CodeStats reading all of this repository.</summary>
    public static string OfLargest(DirectoryInfo folder) => Path.Combine(folder.FullName, "large.prof");

    /// <summary>Records them. The first ones are of CodeStats reading a folder, the next ones of CodeStats reading a few files, and
    /// those behind them of small programs.</summary>
    /// <param name="folder">Where to write the largest one; the others come into a folder <c>parts</c> there.</param>
    /// <param name="count">How many others.</param>
    /// <returns>The files of the others.</returns>
    public static string[] Make(DirectoryInfo folder, int count)
    {
        var parts = folder.CreateSubdirectory("parts");
        var main = Copies.OfProgram(Path.Combine(StartTable.Repository, "Samples", "CodeStats", "bin", StartTable.Configuration, "net10.0", "CodeStats.dll"));
        var workloads = Copies.OfWorkloads();
        var small = SmallPrograms.Select(program => workloads.Parts($"Workloads.Honesty.{program}").Woven).ToArray();
        var sources = Directory.GetFiles(Path.Combine(StartTable.Repository, "Runtime"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        var random = new Random(1);
        var console = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            Record(() => main([StartTable.Repository, "--threads", "1"]), OfLargest(folder));
            var files = new string[count];
            for (var i = 0; i < count; i++)
            {
                files[i] = Path.Combine(parts.FullName, i.ToString("D6", CultureInfo.InvariantCulture) + ".prof");
                if (i >= OfCodeStats)
                {
                    Record(() => Run(small[random.Next(small.Length)], random), files[i]);
                    continue;
                }
                var input = i < LargeOnes ? Path.Combine(StartTable.Repository, "Runtime") : Some(sources, random, folder);
                Record(() => main([input, "--threads", "1"]), files[i]);
            }
            return files;
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    static void Record(Action run, string file)
    {
        using var profile = new Profile(builtins: false);
        profile.Enable();
        run();
        profile.Disable();
        ProfFile.Write(profile.SnapshotStats(), file);
    }

    static void Run(IReadOnlyList<Part> program, Random random)
    {
        foreach (var part in program)
            part.Run(random.Next(MostCalls));
    }

    // A folder with a few of them.
    static string Some(string[] sources, Random random, DirectoryInfo folder)
    {
        var input = Path.Combine(folder.FullName, "input");
        if (Directory.Exists(input))
            Directory.Delete(input, recursive: true);
        Directory.CreateDirectory(input);
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var source = sources[random.Next(sources.Length)];
            File.Copy(source, Path.Combine(input, Path.GetFileName(source)), overwrite: true);
        }
        return input;
    }
}
