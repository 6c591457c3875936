namespace ProfilerWeaver.Tests.Architecture;

/// <summary>Finds circles in a directed graph (Tarjan, 1972: strongly connected components).</summary>
static class Circles
{
    /// <summary>Every set of two or more nodes that all reach each other, in order of their names.</summary>
    public static List<List<string>> In(IReadOnlyDictionary<string, HashSet<string>> edges)
    {
        var index = new Dictionary<string, int>();
        var lowest = new Dictionary<string, int>();
        var stack = new Stack<string>();
        var found = new List<List<string>>();
        foreach (var node in edges.Keys.Order(StringComparer.Ordinal))
        {
            if (!index.ContainsKey(node))
                Visit(node);
        }
        return found;

        void Visit(string node)
        {
            index[node] = lowest[node] = index.Count;
            stack.Push(node);
            foreach (var next in edges.GetValueOrDefault(node, []))
            {
                if (!index.TryGetValue(next, out var seen))
                {
                    Visit(next);
                    lowest[node] = Math.Min(lowest[node], lowest[next]);
                }
                else if (stack.Contains(next))
                {
                    lowest[node] = Math.Min(lowest[node], seen);
                }
            }
            if (lowest[node] != index[node])
                return;
            var circle = new List<string>();
            string member;
            do
            {
                member = stack.Pop();
                circle.Add(member);
            }
            while (member != node);
            if (circle.Count > 1)
                found.Add([.. circle.Order(StringComparer.Ordinal)]);
        }
    }
}
