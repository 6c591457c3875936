using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What profiling costs whole programs that nobody tuned for it, woven with all their dependencies, and whether it tells
/// where their time goes.</summary>
static class ProgramsTable
{
    const int Rounds = 3;

    // What the recorder itself may use for trees, and how much of a run may come after the program's own end.
    const double MostForTrees = 330;
    const double MostAfterEnd = 0.1;

    static readonly (string Name, double Most, Func<WovenProgram, ProgramRun> Run)[] Ways =
    [
        ("unwoven", 1, program => program.Unwoven()),
        ("woven, asleep", 1.15, program => program.Asleep()),
        ("counts only", 1.6, program => program.Recorded(withBuiltins: false, "none", isFlat: false)),
        ("sampled", 1.6, program => program.Recorded(withBuiltins: false, "sampled", isFlat: false)),
        ("flat", double.PositiveInfinity, program => program.Recorded(withBuiltins: false, "wall", isFlat: true)),
        ("tree", 2.5, program => program.Recorded(withBuiltins: false, "wall", isFlat: false)),
        ("tree, builtins", 3, program => program.Recorded(withBuiltins: true, "wall", isFlat: false)),
    ];

    /// <summary>Prints the table.</summary>
    /// <param name="names">The programs; none: all of them.</param>
    /// <returns>Whether the targets hold.</returns>
    public static bool Print(TextWriter output, string[] names)
    {
        var folder = Directory.CreateTempSubdirectory("programs");
        // Weaving and compiling all of them takes minutes.
        var cache = Path.Combine(Path.GetTempPath(), "ProfilerWeaver.Benchmarks", "programs");
        try
        {
            var programs = MeasuredProgram.All(folder.FullName).Where(program => names.Length == 0 || names.Contains(program.Name)).ToList();
            output.WriteLine(Machine.Describe());
            output.WriteLine(Invariant($"woven with --weave '*', compiled ahead of time where the original was; medians of {Rounds} rounds in which the ways take turns"));
            output.WriteLine("ratio: to the unwoven run of the same round; end: seconds after the program's output was written; off: the part whose share is");
            output.WriteLine("furthest from the true one, by the program's own stopwatch; rank: whether the parts are in true order; -: it has no stopwatch");
            var holds = true;
            foreach (var program in programs)
                holds &= Print(output, program, new(program, folder.FullName, cache));
            return holds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static bool Print(TextWriter output, MeasuredProgram program, WovenProgram woven)
    {
        foreach (var (_, _, run) in Ways)
            run(woven); // fills the system's caches
        var runs = Enumerable.Range(0, Rounds).Select(_ => Ways.Select(way => way.Run(woven)).ToList()).ToList();
        output.WriteLine();
        output.WriteLine($"{program.Name,-16} elapsed   ratio  at most  processor      MB  profile, MB     end     off   rank");
        var holds = true;
        for (var way = 0; way < Ways.Length; way++)
        {
            var (name, most, _) = Ways[way];
            var ratio = Median(round => round[way].Elapsed / round[0].Elapsed);
            var isMissed = ratio > most;
            holds &= !isMissed;
            output.WriteLine(Invariant($"{name,-16} {Median(round => round[way].Elapsed),7:F2} {ratio,7:F2} {Limit(most),8} ") +
                Invariant($"{Median(round => round[way].Processor),10:F2} {Median(round => round[way].Megabytes),7:F0} {Median(round => round[way].ProfileMegabytes),12:F1} ") +
                Invariant($"{Median(round => round[way].AfterEnd),7:F2} {Truth(way)}{(isMissed ? "  MISSED" : "")}"));
        }
        return holds & HoldsForTrees();

        bool HoldsForTrees()
        {
            var flat = Array.FindIndex(Ways, way => way.Name == "flat");
            var tree = Array.FindIndex(Ways, way => way.Name == "tree");
            var megabytes = Median(round => round[tree].Megabytes - round[flat].Megabytes);
            var atEnd = Median(round => round[tree].AfterEnd / round[tree].Elapsed);
            var isMissed = megabytes > MostForTrees || atEnd > MostAfterEnd;
            output.WriteLine(Invariant($"tree: {Median(round => round[tree].Elapsed / round[flat].Elapsed):F2} x flat, {megabytes:F0} MB more (at most {MostForTrees:F0}), ") +
                Invariant($"{atEnd:P0} of it after the end (at most {MostAfterEnd:P0}){(isMissed ? "  MISSED" : "")}"));
            return !isMissed;
        }

        double Median(Func<List<ProgramRun>, double> figure) => runs.Select(figure).Order().ElementAt(Rounds / 2);

        // Against what the parts took unwoven: by the profile, or, where nothing has times, by the program itself.
        string Truth(int way)
        {
            if (program.Parts is null || runs[0][way].ProfiledTimes.Values.Sum() == 0)
                return "      -      -";
            var truth = Shares(0, run => run.OwnTimes);
            var profiled = Shares(way, run => run.ProfiledTimes);
            var off = truth.Max(part => Math.Abs(profiled[part.Key] / part.Value - 1));
            var isInOrder = truth.OrderBy(part => part.Value).Select(part => part.Key).SequenceEqual(profiled.OrderBy(part => part.Value).Select(part => part.Key));
            return Invariant($"{off,7:P0} {(isInOrder ? "true" : "FALSE"),6}");
        }

        Dictionary<string, double> Shares(int way, Func<ProgramRun, Dictionary<string, double>> times)
        {
            var medians = times(runs[0][way]).Keys.ToDictionary(part => part, part => Median(round => times(round[way])[part]));
            return medians.ToDictionary(part => part.Key, part => part.Value / medians.Values.Sum());
        }
    }

    static string Limit(double most) => double.IsInfinity(most) ? "-" : most.ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
}
