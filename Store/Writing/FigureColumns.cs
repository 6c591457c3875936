namespace ProfilerWeaver.Store;

/// <summary>The columns that methods and contexts have alike.</summary>
sealed class FigureColumns
{
    readonly Column<long> calls = new("calls");
    readonly Column<long> resumes = new("resumes");
    readonly Column<long> self = new("self_ns");
    readonly Column<long> total = new("total_ns");
    readonly Column<long> elapsed = new("elapsed_ns");
    readonly Column<long> waiting = new("waiting_ns");
    readonly NullableColumn<long> slowest = new("slowest_ns");
    readonly Column<long> open = new("open_calls");
    readonly Column<long> samples = new("samples");
    readonly Column<long> profiles = new("profiles");
    readonly Column<long> fewest = new("fewest_calls");
    readonly Column<long> most = new("most_calls");

    /// <summary>All of them, in their order.</summary>
    public Column[] All => [calls, resumes, self, total, elapsed, waiting, slowest, open, samples, profiles, fewest, most];

    /// <summary>Adds a row.</summary>
    /// <param name="figures">Its figures.</param>
    /// <param name="occurrence">In how many profiles it is.</param>
    public void Add(in ContextFigures figures, in Occurrence occurrence)
    {
        calls.Add(figures.Calls);
        resumes.Add(figures.Resumes);
        self.Add(figures.SelfTicks);
        total.Add(figures.CumulativeTicks);
        elapsed.Add(figures.Async.ElapsedTicks);
        waiting.Add(figures.Async.WaitingTicks);
        slowest.Add(figures.SlowestTicks > 0 ? figures.SlowestTicks : null);
        open.Add(figures.Async.OpenCalls);
        samples.Add(figures.Samples);
        profiles.Add(occurrence.Profiles);
        fewest.Add(occurrence.FewestCalls);
        most.Add(occurrence.MostCalls);
    }
}
