namespace ProfilerWeaver;

/// <summary>Compares a profile with a lock file.</summary>
static class LockCheck
{
    public static GateCheck Check(string file, LockFile expected, IReadOnlyList<GatedProfile> profiles)
    {
        var findings = new List<Finding>();
        foreach (var profile in profiles)
        {
            foreach (var finding in Findings(file, expected, profile))
            {
                if (!findings.Exists(other => other.Message == finding.Message))
                    findings.Add(finding);
            }
        }
        return new(file, "calls", findings);
    }

    static IEnumerable<Finding> Findings(string file, LockFile expected, GatedProfile profile)
    {
        var actual = LockFile.Of([profile.Calls]).Calls;
        var renamed = Renames.Between(expected.Calls, actual);
        var unstable = expected.UnstableMethods.Select(name => MethodNames.Renamed(name, renamed)).ToHashSet();
        var (before, after) = (Without(unstable, expected.Calls, renamed), Without(unstable, actual, null));
        var changes = GraphCauses.Between([before], [after]);
        var moves = MovedCalls.TakeFrom(changes, before, after);
        foreach (var cause in CallChange.Ranked(changes))
        {
            yield return new Finding(Finding.LockRule, CallText.Of(cause) + ".")
            {
                Details = CallText.FollowersOf(cause) is { } followers ? [followers] : [],
                Method = Place(profile, cause.Caller) ?? Place(profile, cause.Method),
                Source = (file, 0),
            };
        }
        foreach (var move in moves)
        {
            yield return new Finding(Finding.LockRule, CallText.Of(move) + ".")
            {
                Method = Place(profile, move.To) ?? Place(profile, move.Method),
                Source = (file, 0),
            };
        }
        foreach (var (from, to) in renamed.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var change = $"{Printable.Text(from)} is gone, and {Printable.Text(to)} has the same callers, callees and calls: renamed?";
            yield return new Finding(Finding.LockRule, change)
            {
                Method = Place(profile, to),
                Source = (file, 0),
            };
        }
    }

    static CallGraph Without(HashSet<string> unstable, CallGraph graph, IReadOnlyDictionary<string, string>? renamed)
    {
        var result = new CallGraph();
        foreach (var old in graph.Names)
        {
            var name = MethodNames.Renamed(old, renamed);
            if (unstable.Contains(name))
                continue;
            result.Add(name, graph.CallsOf(old));
            foreach (var (caller, calls) in graph.CallersOf(old))
                result.Add(name, MethodNames.Renamed(caller, renamed), calls);
        }
        return result;
    }

    static MethodLabel? Place(GatedProfile profile, string? name) =>
        name is not null && profile.LabelOf(name) is { IsExternal: false, Line: > 0 } label ? label : null;
}
