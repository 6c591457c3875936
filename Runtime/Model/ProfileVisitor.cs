namespace ProfilerWeaver;

/// <summary>Looks at the threads of a profile.</summary>
abstract class ProfileVisitor : ContextSink
{
    /// <summary>Begins a thread. Its tree follows, and after it what did not fit into that, if there is any.</summary>
    public abstract void BeginThread(int id, string name);

    /// <summary>Begins a tree; its root is entered next.</summary>
    /// <param name="isTruncated">Whether it has the calls for which there was no room (<see cref="ThreadTree.Truncated"/>).</param>
    public abstract void BeginTree(bool isTruncated);

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

    public override void BeginTree(bool isTruncated)
    {
        first.BeginTree(isTruncated);
        second.BeginTree(isTruncated);
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

    public override void BeginTree(bool isTruncated) => count = 0;

    public override void Enter(int method, in ContextFigures figures) => count++;

    public override void Leave()
    {
    }

    public override void EndTree() => OfTrees.Add(count);
}
