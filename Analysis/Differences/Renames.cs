namespace ProfilerWeaver;

/// <summary>Guesses which methods that are gone are there under other names: those with the same calls, by the same callers, and of
/// the same callees.</summary>
static class Renames
{
    // A caller, or callee, that is gone or new itself may have been renamed, too.
    const string Unknown = "?";

    /// <summary>From the name before to the name now.</summary>
    public static IReadOnlyDictionary<string, string> Between(CallGraph before, CallGraph after)
    {
        var gone = before.Names.Where(name => !after.Has(name)).ToHashSet();
        var added = after.Names.Where(name => !before.Has(name)).ToHashSet();
        var old = Signatures(before, gone);
        var result = new Dictionary<string, string>();
        foreach (var (signature, names) in Signatures(after, added))
        {
            if (!old.TryGetValue(signature, out var candidates))
                continue;
            foreach (var name in names)
            {
                var same = candidates.Where(candidate => LastPart(candidate) == LastPart(name)).ToArray();
                if (same.Length == 1 && names.Count(other => LastPart(other) == LastPart(name)) == 1)
                    result[same[0]] = name;
                else if (candidates.Count == 1 && names.Count == 1)
                    result[candidates[0]] = name;
            }
        }
        return result;
    }

    static Dictionary<string, List<string>> Signatures(CallGraph graph, HashSet<string> unmatched)
    {
        var callees = unmatched.ToDictionary(name => name, _ => new List<string>());
        foreach (var edge in graph.Edges)
        {
            if (callees.TryGetValue(edge.Caller, out var own))
                own.Add(Part(edge.Callee, edge.Calls));
        }
        var result = new Dictionary<string, List<string>>();
        foreach (var name in unmatched)
        {
            var callers = graph.CallersOf(name).Select(caller => Part(caller.Key, caller.Value));
            var signature = $"{graph.CallsOf(name)}\n{Joined(callers)}\n{Joined(callees[name])}";
            if (!result.TryGetValue(signature, out var names))
                result[signature] = names = [];
            names.Add(name);
        }
        return result;

        string Part(string other, long calls) => $"{(unmatched.Contains(other) ? Unknown : other)}\t{calls}";
    }

    static string Joined(IEnumerable<string> parts) => string.Join('\t', parts.Order(StringComparer.Ordinal));

    static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
