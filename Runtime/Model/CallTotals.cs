namespace ProfilerWeaver;

/// <summary>Computes the totals of a tree from the contexts' own times.</summary>
static class CallTotals
{
    /// <summary>A tree with totals, of one that has in their place what is in no context below: the time in folded calls, for
    /// example.</summary>
    public static CallTree Of(CallTree tree)
    {
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
        return tree.WithTimes(self, totals);
    }
}
