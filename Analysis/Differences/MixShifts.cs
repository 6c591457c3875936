namespace ProfilerWeaver;

/// <summary>
/// Tells calls per call of a caller that changed from those that only seem to have: if <c>Parse</c> calls <c>Read</c> ten times below
/// <c>A</c>, and never below <c>B</c>, then more calls of <c>A</c> change the calls of <c>Read</c> per call of <c>Parse</c>, though
/// in no context.
/// </summary>
sealed class MixShifts
{
    // By caller and callee, whether in a context that both sides have the calls per call of the caller differ.
    readonly Dictionary<(string Caller, string Method), bool> differs = [];

    public MixShifts(ComparedTree tree)
    {
        foreach (var context in tree.Preorder())
        {
            var caller = tree.CallerOf(context);
            if (caller is ComparedTree.None or ComparedTree.Root)
                continue;
            var (callerBefore, callerAfter) = (tree.Before(caller).Median, tree.After(caller).Median);
            if (callerBefore == 0 || callerAfter == 0)
                continue;
            var edge = (tree.NameOf(caller), tree.NameOf(context));
            differs[edge] = differs.GetValueOrDefault(edge)
                || !CallRatio.AreEqual(tree.Before(context).Median, callerBefore, tree.After(context).Median, callerAfter);
        }
    }

    /// <summary>Whether the calls of a method by a caller changed only because the caller was itself called by others.</summary>
    public bool Explain(string caller, string method) => differs.TryGetValue((caller, method), out var isOtherwise) && !isOtherwise;
}
