namespace ProfilerWeaver;

/// <summary>The methods of a profile by their names alone, with their calls, and who made how many of them.</summary>
sealed class CallGraph
{
    static readonly Dictionary<string, long> Nobody = [];

    readonly Dictionary<string, long> calls = [];
    readonly Dictionary<string, Dictionary<string, long>> callers = [];

    public IReadOnlyCollection<string> Names => calls.Keys;

    /// <summary>The calls of a caller, for all callers and callees.</summary>
    public IEnumerable<(string Caller, string Callee, long Calls)> Edges =>
        callers.SelectMany(callee => callee.Value.Select(caller => (caller.Key, callee.Key, caller.Value)));

    /// <summary>The calls of all methods.</summary>
    public long TotalCalls => calls.Values.Sum();

    public static CallGraph Of(IEnumerable<MethodStats> rows, IReadOnlyDictionary<string, string>? renamed = null)
    {
        var graph = new CallGraph();
        foreach (var row in rows)
        {
            var name = MethodNames.Renamed(MethodNames.Of(row.Label), renamed);
            graph.Add(name, row.Calls);
            foreach (var caller in row.Callers)
            {
                if (caller.Value.Calls != 0)
                    graph.Add(name, MethodNames.Renamed(MethodNames.Of(caller.Key), renamed), caller.Value.Calls);
            }
        }
        return graph;
    }

    public bool Has(string name) => calls.ContainsKey(name);

    /// <summary>The calls of a method; 0 if there is none of that name.</summary>
    public long CallsOf(string name) => calls.GetValueOrDefault(name);

    /// <summary>The callers of a method, with the number of their calls.</summary>
    public IReadOnlyDictionary<string, long> CallersOf(string name) =>
        callers.TryGetValue(name, out var own) ? own : Nobody;

    /// <summary>The calls of a method that no recorded method made.</summary>
    public long CallsFromOutside(string name) => CallsOf(name) - CallersOf(name).Values.Sum();

    public void Add(string name, long count) => calls[name] = calls.GetValueOrDefault(name) + count;

    public void Add(string name, string caller, long count)
    {
        if (!callers.TryGetValue(name, out var own))
            callers[name] = own = [];
        own[caller] = own.GetValueOrDefault(caller) + count;
    }
}
