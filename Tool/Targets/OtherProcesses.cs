namespace ProfilerWeaver.Tool;

/// <summary>Programs that let other processes do the work, which are not profiled.</summary>
static class OtherProcesses
{
    const string Benchmarks = "BenchmarkDotNet";

    /// <summary>What the user should know before such a program is run; null: it is none.</summary>
    public static string? Warning(TargetProgram program, string[] arguments)
    {
        // Most programs are not looked into: the user waits.
        var isBenchmark = File.Exists(Path.Combine(program.Folder, Benchmarks + ".dll"));
        if (!isBenchmark)
            return null;
        using var facts = new AssemblyFacts(program.Assembly);
        var isApart = facts.RefersTo(Benchmarks)
            && !arguments.Any(argument => argument is "-i" || argument.Equals("--inProcess", StringComparison.OrdinalIgnoreCase))
            && !facts.ForeignTypes.Any(type => type.StartsWith(Benchmarks, StringComparison.Ordinal)
                && type.Contains("InProcess", StringComparison.Ordinal));
        return isApart
            ? $"{Benchmarks} builds and starts programs of its own for the benchmarks, which are not profiled. To profile " +
              "them, add --inProcess to the arguments of BenchmarkSwitcher, or [InProcess] to the benchmarks."
            : null;
    }
}
