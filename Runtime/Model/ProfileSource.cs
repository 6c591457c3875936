namespace ProfilerWeaver;

/// <summary>Where a profile comes from: what a thread recorded is shown context by context, so that files and tables can
/// be made without the whole of it in memory.</summary>
abstract class ProfileSource
{
    /// <summary>What is known without looking at the threads, of which there are none here, nor methods.</summary>
    public abstract ProfileData Facts { get; }

    /// <summary>Shows all threads to a visitor.</summary>
    /// <returns>All that is known but the threads. The contexts have the indices of its methods.</returns>
    public abstract ProfileData Visit(ProfileVisitor visitor);

    /// <summary>Whether no thread has recorded anything.</summary>
    public bool IsEmpty()
    {
        var counts = new ContextCounts();
        Visit(counts);
        return counts.OfTrees.Count == 0;
    }

    /// <summary>The profile with its threads as columns.</summary>
    public ProfileData ToData()
    {
        // Counted first: columns that grow would take twice their room for a while.
        var counts = new ContextCounts();
        Visit(counts);
        var columns = new ColumnsVisitor(counts.OfTrees);
        return Visit(columns) with { Threads = columns.Threads };
    }
}

/// <summary>A profile that is in memory.</summary>
sealed class ReadyProfile(ProfileData data) : ProfileSource
{
    public override ProfileData Facts => data with { Methods = [], Threads = [] };

    public override ProfileData Visit(ProfileVisitor visitor)
    {
        data.Visit(visitor);
        return data with { Threads = [] };
    }
}

/// <summary>Looks at the threads of a profile.</summary>
abstract class ProfileVisitor : ContextSink
{
    /// <summary>Begins a thread. Its tree follows, and after it what did not fit into that, if there is any.</summary>
    public abstract void BeginThread(int id, string name);

    /// <summary>Begins a tree; its root is entered next.</summary>
    /// <param name="isFolded">Whether it has the calls for which there was no room (<see cref="ThreadTree.Folded"/>).</param>
    public abstract void BeginTree(bool isFolded);

    /// <summary>Ends the tree; its root was left.</summary>
    public abstract void EndTree();
}

/// <summary>Shows a profile to two visitors at once.</summary>
sealed class BothVisitors(ProfileVisitor first, ProfileVisitor second) : ProfileVisitor
{
    public override void BeginThread(int id, string name)
    {
        first.BeginThread(id, name);
        second.BeginThread(id, name);
    }

    public override void BeginTree(bool isFolded)
    {
        first.BeginTree(isFolded);
        second.BeginTree(isFolded);
    }

    public override void Enter(int method, in ContextFigures figures)
    {
        first.Enter(method, figures);
        second.Enter(method, figures);
    }

    public override void Leave()
    {
        first.Leave();
        second.Leave();
    }

    public override void EndTree()
    {
        first.EndTree();
        second.EndTree();
    }
}

/// <summary>Counts the contexts of each tree.</summary>
sealed class ContextCounts : ProfileVisitor
{
    int count;

    /// <summary>The numbers, in the order of the trees.</summary>
    public List<int> OfTrees { get; } = [];

    public override void BeginThread(int id, string name)
    {
    }

    public override void BeginTree(bool isFolded) => count = 0;

    public override void Enter(int method, in ContextFigures figures) => count++;

    public override void Leave()
    {
    }

    public override void EndTree() => OfTrees.Add(count);
}

/// <summary>Collects the threads of a profile as columns.</summary>
/// <param name="counts">How many contexts each tree has, as far as that is known: a thread may be recording.</param>
sealed class ColumnsVisitor(List<int> counts) : ProfileVisitor
{
    readonly List<ThreadTree> threads = [];
    CallTreeColumns builder = new(0);
    int trees;
    int id;
    string name = "";
    bool isFolded;

    public IReadOnlyList<ThreadTree> Threads => threads;

    public override void BeginThread(int id, string name) => (this.id, this.name) = (id, name);

    public override void BeginTree(bool isFolded)
    {
        this.isFolded = isFolded;
        builder = new(trees < counts.Count ? counts[trees] : 0);
        trees++;
    }

    public override void Enter(int method, in ContextFigures figures) => builder.Enter(method, figures);

    public override void Leave() => builder.Leave();

    public override void EndTree()
    {
        var tree = builder.Build();
        if (isFolded)
            threads[threads.Count - 1] = threads[threads.Count - 1] with { Folded = tree };
        else
            threads.Add(new(id, name, tree));
    }
}
