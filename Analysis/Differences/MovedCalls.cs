namespace ProfilerWeaver;

/// <summary>Calls of which there are as many as before, by another caller.</summary>
/// <param name="Method">What is called.</param>
/// <param name="From">Who called it; null: it was called from outside all recorded methods.</param>
/// <param name="To">Who calls it now, likewise.</param>
/// <param name="Calls">How often.</param>
sealed record MovedCalls(string Method, string? From, string? To, long Calls)
{
    /// <summary>Takes what has only moved out of a list of changes: to another caller, or to or from a method between it and its
    /// caller, as when a method is extracted.</summary>
    public static IReadOnlyList<MovedCalls> TakeFrom(List<CallChange> changes, CallGraph before, CallGraph after)
    {
        var moves = new List<MovedCalls>();
        foreach (var gone in changes.Where(change => change.After == 0).ToArray())
        {
            if (changes.Find(other => other.Before == 0 && other.Method == gone.Method && other.After == gone.Before) is { } added)
            {
                moves.Add(new(gone.Method, gone.Caller, added.Caller, gone.Before));
                changes.Remove(gone);
                changes.Remove(added);
            }
            else if (changes.Find(other => other.Before == 0 && IsBetween(other, gone, after) && gone.Before == Calls(after, other, gone)) is { } extracted)
            {
                moves.Add(new(gone.Method, gone.Caller, extracted.Method, gone.Before));
                extracted.TakeOff(gone);
                changes.Remove(gone);
            }
        }
        foreach (var added in changes.Where(change => change.Before == 0).ToArray())
        {
            if (changes.Find(other => other.After == 0 && IsBetween(other, added, before) && added.After == Calls(before, other, added)) is { } inlined)
            {
                moves.Add(new(added.Method, inlined.Method, added.Caller, added.After));
                inlined.TakeOff(added);
                changes.Remove(added);
            }
        }
        return moves;

        static bool IsBetween(CallChange between, CallChange change, CallGraph graph) =>
            between.Caller == change.Caller && Calls(graph, between, change) > 0;

        static long Calls(CallGraph graph, CallChange caller, CallChange method) =>
            graph.CallersOf(method.Method).GetValueOrDefault(caller.Method);
    }
}
