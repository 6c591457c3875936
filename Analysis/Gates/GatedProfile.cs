namespace ProfilerWeaver;

/// <summary>A profile as budgets and asserts ask it: by patterns of names.</summary>
sealed class GatedProfile
{
    const int MostNamed = 5;

    readonly Stats stats;
    readonly Dictionary<string, MethodLabel> labels = [];

    public GatedProfile(Stats stats)
    {
        this.stats = stats;
        Calls = CallGraph.Of(stats.RowsInFileOrder);
        foreach (var row in stats.RowsInFileOrder)
            labels.TryAdd(MethodNames.Of(row.Label), row.Label);
        if (stats.TreeRecordings.Count > 0)
            Tree = ContextTree.Of([.. stats.TreeRecordings.Select(recording => MethodNames.OnlyNames(recording))]);
    }

    /// <summary>The methods and their callers.</summary>
    public CallGraph Calls { get; }

    /// <summary>The contexts by names; null if the profile has no call tree.</summary>
    public ContextTree? Tree { get; }

    /// <summary>What the times are.</summary>
    public ClockUnit Unit => stats.Unit;

    /// <summary>Where a method is.</summary>
    public MethodLabel? LabelOf(string name) => labels.TryGetValue(name, out var label) ? label : null;

    /// <summary>The methods that are meant.</summary>
    /// <returns>None if there are none.</returns>
    /// <exception cref="UnknownMethodException">Different methods may be meant, and the pattern says nothing of several.</exception>
    public IReadOnlySet<string> Find(NamePattern pattern)
    {
        var found = Calls.Names.Where(pattern.Matches).ToHashSet();
        if (found.Count < 2 || pattern.HasWildcard || found.Select(WithoutParameters).Distinct().Count() == 1)
            return found;
        // A whole name is meant even if it is the end of another one.
        var whole = found.Where(name => WithoutParameters(name) == pattern.Text || name == pattern.Text).ToHashSet();
        return whole.Count > 0 ? whole : throw new UnknownMethodException(
            $"'{pattern}' may be {Names(found)}. Give more of the name, or put * before it to mean all of them.");
    }

    /// <summary>The methods that are meant, which must be there.</summary>
    /// <exception cref="UnknownMethodException">There are none, or different methods may be meant.</exception>
    public IReadOnlySet<string> FindAny(NamePattern pattern)
    {
        var found = Find(pattern);
        if (found.Count > 0)
            return found;
        var near = NearestNames.Of(WithoutBraces(pattern.Text), Calls.Names.Select(name => WithoutBraces(WithoutParameters(name))))
            .Select(name => Calls.Has($"{{{name}}}") ? $"{{{name}}}" : name).ToArray();
        var guess = near.Length == 0 ? "" : $" Did you mean {Printable.Text(string.Join(" or ", near))}?";
        throw new UnknownMethodException($"The profile has no method '{pattern}'.{guess} " + (labels.Values.Any(IsWoven)
            ? "If the name is correct, the method was not called, or is not woven."
            : "It has no woven method at all: build with -c Release-Profiled."));
    }

    /// <summary>Whether it has no method at all.</summary>
    public bool IsEmpty => labels.Values.All(label => ScopeName.Is(label));

    static bool IsWoven(MethodLabel label) => !label.IsExternal && !ScopeName.Is(label);

    /// <summary>The label of a scope, as a method.</summary>
    /// <exception cref="UnknownMethodException">There is none.</exception>
    public IReadOnlySet<string> FindScope(string label)
    {
        if (labels.TryGetValue(label, out var found) && ScopeName.Is(found))
            return new HashSet<string> { label };
        var scopes = labels.Values.Where(other => ScopeName.Is(other)).Select(other => $"\"{other.Name}\"").ToHashSet();
        throw new UnknownMethodException($"The profile has no scope \"{label}\". " +
            (scopes.Count == 0 ? "It has no scopes at all: Profile.Scope(label) opens one." : $"It has {Names(scopes)}."));
    }

    /// <summary>The calls of methods.</summary>
    public long CallsOf(IReadOnlySet<string> methods) => methods.Sum(Calls.CallsOf);

    /// <summary>The calls of methods by others or by what those call, and the calls of those. Where there is no call tree: the calls
    /// by them directly.</summary>
    public (long Calls, long CallerCalls) CallsBelow(IReadOnlySet<string> methods, IReadOnlySet<string> callers)
    {
        if (Tree is null)
        {
            return (methods.Sum(method => Calls.CallersOf(method).Where(caller => callers.Contains(caller.Key)).Sum(caller => caller.Value)),
                CallsOf(callers));
        }
        var calls = 0L;
        Visit(callers, (context, isBelow) =>
        {
            if (isBelow && methods.Contains(Tree.LabelOf(context).Name))
                calls += Tree.FiguresOf(context).Calls;
        });
        return (calls, CallsOf(callers));
    }

    /// <summary>The time in methods themselves.</summary>
    public double SelfTime(IReadOnlySet<string> methods) =>
        stats.RowsInFileOrder.Where(row => methods.Contains(MethodNames.Of(row.Label))).Sum(row => row.TotalTime);

    /// <summary>The time from entry to exit of methods; calls by one another are not counted again.</summary>
    public double TotalTime(IReadOnlySet<string> methods)
    {
        if (Tree is null)
            return stats.RowsInFileOrder.Where(row => methods.Contains(MethodNames.Of(row.Label))).Sum(row => row.CumulativeTime);
        var time = 0.0;
        Visit(methods, (context, isBelow) =>
        {
            if (!isBelow && methods.Contains(Tree.LabelOf(context).Name))
                time += Tree.FiguresOf(context).CumulativeTime;
        });
        return time;
    }

    /// <summary>Shows all contexts, with whether they are below one of some methods.</summary>
    void Visit(IReadOnlySet<string> methods, Action<int, bool> show)
    {
        var pending = new Stack<(int Context, bool IsBelow)>([(ContextTree.None, false)]);
        while (pending.TryPop(out var at))
        {
            var isBelow = at.IsBelow || (at.Context != ContextTree.None && methods.Contains(Tree!.LabelOf(at.Context).Name));
            for (var callee = Tree!.FirstCallee(at.Context); callee != ContextTree.None; callee = Tree.NextSibling(callee))
            {
                show(callee, isBelow);
                pending.Push((callee, isBelow));
            }
        }
    }

    static string WithoutParameters(string name)
    {
        var end = name is [.., '}'] ? name.Length - 1 : name.Length;
        var start = end > 0 && name[end - 1] == ')' ? name.IndexOf('(', StringComparison.Ordinal) : -1;
        return start < 0 ? name : name[..start] + name[end..];
    }

    static string WithoutBraces(string name) => name is ['{', .., '}'] ? name[1..^1] : name;

    static string Names(IReadOnlyCollection<string> names)
    {
        var sorted = names.Order(StringComparer.Ordinal).Select(Printable.Text).ToArray();
        return sorted.Length <= MostNamed
            ? string.Join(" or ", sorted)
            : string.Join(", ", sorted.Take(MostNamed)) + $" or {sorted.Length - MostNamed} others";
    }
}
