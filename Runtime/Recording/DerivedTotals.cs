namespace ProfilerWeaver;

/// <summary>
/// Shows a tree of which only the contexts' own times were recorded, with their totals. What stands there in place of a total
/// is the time in folded calls from the context. The tree is held as columns meanwhile: a total is known when all below has
/// been seen.
/// </summary>
sealed class DerivedTotals(ProfileVisitor visitor) : ProfileVisitor
{
    CallTreeColumns columns = new();

    public override void BeginThread(int id, string name) => visitor.BeginThread(id, name);

    public override void BeginTree(bool isFolded)
    {
        columns = new();
        visitor.BeginTree(isFolded);
    }

    public override void Enter(int method, in ContextFigures figures) => columns.Enter(method, figures);

    public override void Leave() => columns.Leave();

    public override void EndTree()
    {
        var tree = columns.Build();
        // What all contexts before each took: those below one follow it, so that their sum is a difference.
        var before = new long[tree.Count + 1];
        var self = new long[tree.Count];
        for (var i = 0; i < tree.Count; i++)
        {
            self[i] = tree.Columns.SelfOf(i);
            before[i + 1] = before[i] + self[i] + tree.Columns.CumulativeOf(i);
        }
        var totals = new long[tree.Count];
        // The root stands for the thread, which has no times.
        for (var i = 1; i < tree.Count; i++)
            totals[i] = before[tree.Columns.EndOf(i)] - before[i];
        tree.WithTimes(self, totals).Visit(visitor);
        visitor.EndTree();
    }
}
