namespace ProfilerWeaver;

/// <summary>
/// Merges any number of profiles into one: contexts with the same methods on their paths become one, their figures are added, and it
/// is noted in how many profiles they occur, and with how many calls. The result is the same, byte for byte, whatever the order
/// of the profiles and whatever was merged before.
/// </summary>
sealed class ProfileMerge : ProfileSource, IDisposable
{
    readonly MergedMethods methods = new();
    readonly MergedFacts facts = new();
    readonly MethodOccurrences occurrences = new();
    readonly MergedTrees trees;
    readonly MergedTrees truncated;
    readonly long mostBytes;

    /// <param name="mostBytes">How many bytes trees may take in memory before they go to a temporary folder.</param>
    public ProfileMerge(long mostBytes)
    {
        this.mostBytes = mostBytes;
        trees = new(methods);
        truncated = new(methods);
    }

    /// <summary>How many profiles were added.</summary>
    public int Count { get; private set; }

    public override ProfileData Facts => facts.ToData();

    public override bool IsLinked => false;

    /// <summary>Adds a profile, as it was written: what recording added is taken off its times.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="label">The scope below which all of it is to lie; null: none.</param>
    /// <exception cref="InvalidOperationException">It records something else than those before; the message says so, as the end of a
    /// sentence.</exception>
    /// <exception cref="IOException">There is no room for temporary files.</exception>
    public void Add(ProfileData profile, ScopeName? label = null) => Add(profile, profile.Compensated(), label);

    /// <inheritdoc cref="Add(ProfileData, ScopeName?)"/>
    /// <param name="profile">The profile.</param>
    /// <param name="compensated">The same when what recording added was taken off.</param>
    /// <param name="label">The scope below which all of it is to lie; null: none.</param>
    public void Add(ProfileData profile, ProfileData compensated, ScopeName? label)
    {
        facts.Add(profile);
        Count++;
        var isMerged = MergedFacts.AreOf(profile);
        var scale = profile.SecondsPerTick / MergedFacts.TickOf(profile);
        var numbers = new MethodNumbers(methods, compensated.Methods);
        // Without threads there is nothing that lies below it.
        int? scope = label is null || compensated.Threads.Count == 0 ? null : methods.NumberOf(new(ScopeName.File, 0, label.ToString()));
        foreach (var thread in compensated.Threads)
        {
            trees.Add(InNanoseconds(thread.Tree), scope);
            if (thread.Truncated is not null)
                truncated.Add(InNanoseconds(thread.Truncated), scope: null);
        }
        occurrences.Add(compensated, isMerged, numbers, scope);
        if (trees.Bytes + truncated.Bytes <= mostBytes)
            return;
        trees.Spill();
        truncated.Spill();

        NanosecondTree InNanoseconds(CallTree tree) => new(tree, numbers, scale, isMerged ? 0 : Count);
    }

    public override ProfileData Visit(ProfileVisitor visitor)
    {
        visitor.BeginThread(1, "");
        visitor.BeginTree(isTruncated: false);
        trees.Visit(visitor);
        visitor.EndTree();
        if (!truncated.IsEmpty)
        {
            visitor.BeginTree(isTruncated: true);
            truncated.Visit(visitor);
            visitor.EndTree();
        }
        return Facts with { Methods = methods.Sorted(), MethodOccurrences = occurrences.Sorted(methods.Ranks()) };
    }

    public void Dispose()
    {
        trees.Dispose();
        truncated.Dispose();
    }
}
