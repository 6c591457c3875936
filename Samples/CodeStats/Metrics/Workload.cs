using CodeStats.Sources;

namespace CodeStats.Metrics;

/// <summary>The files to analyse and how often: a profiler wants a run that takes a while.</summary>
sealed class Workload
{
    // About two seconds of work on two processors, or one pass over a large repository.
    const long UsualCharacters = 1_000_000;
    const long MostPasses = 1000;

    readonly IReadOnlyList<SourceFile> files;
    readonly int threads;

    /// <param name="files">The files.</param>
    /// <param name="repeat">How often to analyse them; null for as often as makes a usual amount of text.</param>
    /// <param name="threads">How many files to analyse at a time.</param>
    public Workload(IReadOnlyList<SourceFile> files, int? repeat, int threads)
    {
        this.files = files;
        this.threads = threads;
        var characters = files.Sum(file => (long)file.Text.Length);
        Passes = repeat ?? (int)Math.Clamp(UsualCharacters / Math.Max(characters, 1), 1, MostPasses);
        Characters = characters * Passes;
    }

    public int Passes { get; }

    /// <summary>The characters to analyse in all passes.</summary>
    public long Characters { get; }

    public int Threads => threads;

    /// <summary>Analyses all files in each pass; every pass has the same outcome.</summary>
    public Summary Run()
    {
        var results = new FileMetrics[files.Count];
        for (var pass = 0; pass < Passes; pass++)
            AnalyzeAll(results);
        return new(results);
    }

    void AnalyzeAll(FileMetrics[] results)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.ForEach(files, options, (file, _, index) => results[index] = FileAnalyzer.Analyze(file));
    }
}
