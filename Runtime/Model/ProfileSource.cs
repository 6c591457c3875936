namespace ProfilerWeaver;

/// <summary>Where a profile comes from: what a thread recorded is shown context by context, so that files and tables can
/// be made without the whole of it in memory.</summary>
abstract class ProfileSource
{
    /// <summary>What is known without looking at the threads, of which there are none here, nor methods.</summary>
    public abstract ProfileData Facts { get; }

    /// <summary>Whether contexts may continue others, so that trees as they were written have to be put together first.</summary>
    public abstract bool IsLinked { get; }

    /// <summary>Shows all threads to a visitor, as they were recorded.</summary>
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
    public virtual ProfileData ToData()
    {
        // Counted first: columns that grow would take twice their room for a while.
        var counts = new ContextCounts();
        Visit(counts);
        var columns = new ColumnsVisitor(counts.OfTrees);
        var facts = Visit(columns);
        return IsLinked ? facts.WithRecorded(columns.Threads) : facts with { Threads = columns.Threads };
    }
}

/// <summary>A profile that is in memory.</summary>
sealed class ReadyProfile(ProfileData data) : ProfileSource
{
    public override ProfileData Facts => data with { Methods = [], Threads = [] };

    public override bool IsLinked => data.IsLinked;

    public override ProfileData ToData() => data;

    public override ProfileData Visit(ProfileVisitor visitor)
    {
        data.VisitRecorded(visitor);
        return data with { Threads = [] };
    }
}
