namespace ProfilerWeaver.Tests;

/// <summary>Builds a profile from ways to methods, each with a number of calls. A method takes one tick for each call.</summary>
/// <param name="files">The files of the methods, in the order in which they are first named; the rest are in <c>a.cs</c>.</param>
sealed class TreeText(params string[] files)
{
    readonly List<string> methods = [];
    readonly Dictionary<string, (int Method, long Calls)> contexts = [];
    readonly List<string[]> paths = [];

    /// <summary>Adds a context.</summary>
    /// <param name="calls">How often it is called.</param>
    /// <param name="path">The names from the outermost caller to the method; in braces it is outside the woven assemblies.</param>
    public TreeText Add(long calls, params string[] path)
    {
        if (!methods.Contains(path[^1]))
            methods.Add(path[^1]);
        contexts[string.Join('>', path)] = (methods.IndexOf(path[^1]), calls);
        paths.Add(path);
        return this;
    }

    public ProfileData Build() => new()
    {
        Methods = [.. methods.Select((name, i) => name.StartsWith('{')
            ? MethodLabel.External(name[1..^1])
            : new MethodLabel(i < files.Length ? files[i] : "a.cs", i + 1, name))],
        Threads = [new(1, "", Node([]).ToTree())],
        SecondsPerTick = 1,
        Clock = "ticks",
        Program = "Test",
    };

    TestNode Node(string[] path)
    {
        var (method, calls) = path.Length == 0 ? (-1, 0) : contexts[string.Join('>', path)];
        TestNode[] children = [.. paths.Where(other => other.Length == path.Length + 1 && other.Take(path.Length).SequenceEqual(path)).Select(Node)];
        return new()
        {
            Method = method,
            Calls = calls,
            SelfTicks = calls,
            CumulativeTicks = calls + children.Sum(child => child.CumulativeTicks),
            Children = children,
        };
    }
}
