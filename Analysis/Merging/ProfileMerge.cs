namespace ProfilerWeaver;

/// <summary>
/// Merges any number of profiles into one: contexts with the same methods on their paths become one, their figures are added, and it
/// is noted in how many profiles they occur, and with how many calls. The result is the same, byte for byte, whatever the order
/// of the profiles and whatever was merged before. Several threads may add profiles at once.
/// </summary>
sealed class ProfileMerge : ProfileSource, IDisposable
{
    const int ShareOfTruncated = 8;

    readonly MergedMethods methods = new();
    readonly MergedFacts facts = new();
    readonly MethodOccurrences occurrences = new();
    readonly MergedTrees trees;
    readonly MergedTrees truncated;

    /// <param name="mostBytes">How many bytes trees may take in memory before they go to temporary files.</param>
    public ProfileMerge(long mostBytes)
    {
        // What was truncated is little: callers and callees.
        truncated = new(methods, mostBytes / ShareOfTruncated);
        trees = new(methods, mostBytes - mostBytes / ShareOfTruncated);
    }

    /// <summary>How many profiles were admitted.</summary>
    public int Count { get; private set; }

    public override ProfileData Facts => facts.ToData();

    public override bool IsLinked => false;

    /// <summary>Adds a profile, as it was written: what recording added is taken off its times.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="label">The scope below which all of it is to lie; null: none.</param>
    /// <exception cref="InvalidOperationException">It records something else than those before; the message says so, as the end of a
    /// sentence.</exception>
    /// <exception cref="IOException">There is no room for temporary files.</exception>
    public void Add(ProfileData profile, ScopeName? label = null) => AddTrees(Admit(profile), profile.Compensated(), label);

    /// <summary>Whether a profile certainly records the same as all before, so that it does not matter when it is admitted.</summary>
    public bool IsOfKnownKind(ProfileData profile)
    {
        lock (facts)
            return facts.IsOfKnownKind(profile);
    }

    /// <summary>Adds what is said of a profile, before its trees are added.</summary>
    /// <returns>The number that it has here.</returns>
    /// <exception cref="InvalidOperationException">It records something else than those before; the message says so, as the end of a
    /// sentence.</exception>
    public int Admit(ProfileData profile)
    {
        lock (facts)
        {
            facts.Add(profile);
            return ++Count;
        }
    }

    /// <summary>Adds the trees of a profile that was admitted.</summary>
    /// <param name="number">Its number here.</param>
    /// <param name="compensated">The profile when what recording added was taken off.</param>
    /// <param name="label">The scope below which all of it is to lie; null: none.</param>
    /// <exception cref="IOException">There is no room for temporary files.</exception>
    public void AddTrees(int number, ProfileData compensated, ScopeName? label)
    {
        var isMerged = MergedFacts.AreOf(compensated);
        var scale = compensated.SecondsPerTick / MergedFacts.TickOf(compensated);
        var numbers = new MethodNumbers(methods, compensated.Methods);
        // Without threads there is nothing that lies below it.
        int? scope = label is null || compensated.Threads.Count == 0 ? null : methods.NumberOf(new(ScopeName.File, 0, label.ToString()));
        Add(trees, thread => thread.Tree, scope);
        Add(truncated, thread => thread.Truncated, scope: null);
        occurrences.Add(compensated, isMerged, numbers, scope);

        void Add(MergedTrees merged, Func<ThreadTree, CallTree?> treeOf, int? scope)
        {
            var sum = merged.Take();
            try
            {
                foreach (var thread in compensated.Threads)
                {
                    if (treeOf(thread) is { } tree)
                        sum.Add(new NanosecondTree(tree, numbers, scale, isMerged ? 0 : number), scope);
                }
            }
            finally
            {
                merged.PutBack(sum);
            }
        }
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
