namespace ProfilerWeaver;

/// <summary>Leaves out contexts in which nothing was called or resumed; what lies below them lies below their caller then. Threads
/// that are empty then are not there, and the others are numbered anew.</summary>
sealed class CalledOnly(ProfileVisitor visitor) : ProfileVisitor
{
    // The contexts on the current path; those that were shown are before the others.
    readonly List<Level> path = [];
    string thread = "";
    int threads;
    bool isShown;
    bool isTruncated;
    bool isTreeShown;

    public override void BeginThread(int id, string name) => (thread, isShown) = (name, false);

    public override void BeginTree(bool isTruncated)
    {
        this.isTruncated = isTruncated;
        if (isTruncated && !isShown)
        {
            // What did not fit into a tree follows one.
            this.isTruncated = false;
            path.Add(new(-1, default));
            ShowPath();
            Leave();
            EndTree();
            this.isTruncated = true;
        }
        isTreeShown = false;
    }

    public override void Enter(int method, in ContextFigures figures)
    {
        var isCalled = (figures.Calls | figures.Resumes) != 0;
        // One that continues another is where that is, and so is what lies below it.
        var isPlace = method < 0 || figures.Async.Continues != 0;
        path.Add(new(method, figures) { IsLeftOut = !isCalled && !isPlace });
        // Other threads may go on below the root.
        if (isCalled || (method < 0 && figures.Async.Key != 0))
            ShowPath();
    }

    public override void Leave()
    {
        if (path[path.Count - 1].IsShown)
            visitor.Leave();
        path.RemoveAt(path.Count - 1);
    }

    public override void EndTree()
    {
        if (isTreeShown)
            visitor.EndTree();
        isTreeShown = false;
    }

    void ShowPath()
    {
        for (var i = 0; i < path.Count; i++)
        {
            var level = path[i];
            if (level.IsShown || level.IsLeftOut)
                continue;
            if (level.Method < 0)
                BeginShown();
            visitor.Enter(level.Method, level.Figures);
            path[i] = level with { IsShown = true };
        }
    }

    void BeginShown()
    {
        if (!isShown)
            visitor.BeginThread(++threads, thread);
        isShown = true;
        isTreeShown = true;
        visitor.BeginTree(isTruncated);
    }

    /// <summary>A context on the current path.</summary>
    readonly record struct Level(int Method, ContextFigures Figures)
    {
        public bool IsLeftOut { get; init; }

        public bool IsShown { get; init; }
    }
}
