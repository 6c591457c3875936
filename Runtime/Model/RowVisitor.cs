namespace ProfilerWeaver;

/// <summary>Looks at the rows of a table, each followed by the shares of its callers. Methods have the indices of a profile.</summary>
abstract class RowVisitor
{
    /// <summary>Begins a row.</summary>
    /// <param name="method">A method with its label.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="callers">How many callers follow.</param>
    public abstract void Row(int method, in Figures figures, int callers);

    /// <summary>The share of a caller in the row that was begun last.</summary>
    /// <param name="method">A method with the caller's label.</param>
    /// <param name="figures">The share.</param>
    public abstract void Caller(int method, in Figures figures);
}

/// <summary>Keeps the rows.</summary>
/// <param name="labels">The labels of all methods.</param>
sealed class KeptRows(IReadOnlyList<MethodLabel> labels) : RowVisitor
{
    readonly List<MethodStats> rows = [];
    KeyValuePair<MethodLabel, Figures>[] callers = [];
    int count;

    public IReadOnlyList<MethodStats> Rows => rows;

    public override void Row(int method, in Figures figures, int callers)
    {
        this.callers = callers == 0 ? [] : new KeyValuePair<MethodLabel, Figures>[callers];
        count = 0;
        rows.Add(new(labels[method], figures, this.callers));
    }

    public override void Caller(int method, in Figures figures) => callers[count++] = new(labels[method], figures);
}
