namespace ProfilerWeaver;

/// <summary>
/// Shows a tree of which only the contexts' own times were recorded, with their totals. What stands there in place of a total
/// is the time in truncated calls from the context. The tree is held as columns meanwhile: a total is known when all below has
/// been seen.
/// </summary>
sealed class DerivedTotals(ProfileVisitor visitor) : ProfileVisitor
{
    CallTreeColumns columns = new(derivesTotals: true);

    public override void BeginThread(int id, string name) => visitor.BeginThread(id, name);

    public override void BeginTree(bool isTruncated)
    {
        columns = new(derivesTotals: true);
        visitor.BeginTree(isTruncated);
    }

    public override void Enter(int method, in ContextFigures figures) => columns.Enter(method, figures);

    public override void Leave() => columns.Leave();

    public override void EndTree()
    {
        columns.Build().Visit(visitor);
        visitor.EndTree();
    }
}
