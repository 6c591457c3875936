namespace ProfilerWeaver;

/// <summary>The callers of every row turned around: what each method called.</summary>
static class Callees
{
    public static Dictionary<MethodLabel, List<KeyValuePair<MethodLabel, Figures>>> Of(IEnumerable<MethodStats> rows)
    {
        var callees = new Dictionary<MethodLabel, List<KeyValuePair<MethodLabel, Figures>>>();
        foreach (var row in rows)
        {
            foreach (var caller in row.Callers)
            {
                if (!callees.TryGetValue(caller.Key, out var called))
                    callees[caller.Key] = called = [];
                called.Add(new(row.Label, caller.Value));
            }
        }
        return callees;
    }
}
