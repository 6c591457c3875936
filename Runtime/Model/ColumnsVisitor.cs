namespace ProfilerWeaver;

/// <summary>Collects the threads of a profile as columns.</summary>
/// <param name="counts">How many contexts each tree has, as far as that is known: a thread may be recording.</param>
sealed class ColumnsVisitor(List<int> counts) : ProfileVisitor
{
    readonly List<ThreadTree> threads = [];
    CallTreeColumns builder = new(0);
    int trees;
    int id;
    string name = "";
    bool isTruncated;

    public IReadOnlyList<ThreadTree> Threads => threads;

    public override void BeginThread(int id, string name) => (this.id, this.name) = (id, name);

    public override void BeginTree(bool isTruncated)
    {
        this.isTruncated = isTruncated;
        builder = new(trees < counts.Count ? counts[trees] : 0);
        trees++;
    }

    public override void Enter(int method, in ContextFigures figures) => builder.Enter(method, figures);

    public override void Leave() => builder.Leave();

    public override void EndTree()
    {
        var tree = builder.Build();
        if (isTruncated)
            threads[threads.Count - 1] = threads[threads.Count - 1] with { Truncated = tree };
        else
            threads.Add(new(id, name, tree));
    }
}
