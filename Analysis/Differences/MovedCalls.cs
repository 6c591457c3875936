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
            else if (changes.Find(other => other.Before == 0 && MakesAll(gone.Before, gone, other, after)) is { } extracted)
            {
                moves.Add(new(gone.Method, gone.Caller, extracted.Method, gone.Before));
                extracted.TakeOff(gone);
                changes.Remove(gone);
            }
        }
        foreach (var added in changes.Where(change => change.Before == 0).ToArray())
        {
            if (changes.Find(other => other.After == 0 && MakesAll(added.After, added, other, before)) is { } inlined)
            {
                moves.Add(new(added.Method, inlined.Method, added.Caller, added.After));
                inlined.TakeOff(added);
                changes.Remove(added);
            }
        }
        return moves;

        // Whether all the calls that one side has of a method are made by another one, which the same caller calls.
        static bool MakesAll(long calls, CallChange change, CallChange between, CallGraph graph) =>
            between.Caller == change.Caller && graph.CallersOf(change.Method).GetValueOrDefault(between.Method) == calls;
    }
}
