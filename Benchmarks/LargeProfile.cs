namespace ProfilerWeaver.Benchmarks;

/// <summary>A profile with many contexts, the same in every run.</summary>
static class LargeProfile
{
    const int Methods = 1000;

    /// <summary>Makes it: each method calls some of ten others, up to a depth of 30.</summary>
    public static ProfileData Make(int contexts)
    {
        var random = new Random(1);
        var tree = new CallTreeBuilder();
        var path = new Stack<int>();
        for (var made = 0; made < contexts; made++)
        {
            while (path.Count > 0 && (path.Count > 30 || random.Next(100) < 48))
            {
                tree.Leave();
                path.Pop();
            }
            var method = ((path.Count == 0 ? 0 : path.Peek()) * 7 + random.Next(10)) % Methods;
            path.Push(method);
            tree.Enter(method, random.Next(1, 1000), random.Next(1_000_000), random.Next(1_000_000, 2_000_000));
        }
        for (; path.Count > 0; path.Pop())
            tree.Leave();
        return new()
        {
            Methods = [.. Enumerable.Range(0, Methods).Select(i => new MethodLabel("File.cs", i, "Method" + i))],
            Threads = [new(1, "", tree.Build())],
            SecondsPerTick = 1e-9,
            Overhead = new(20, 10),
        };
    }
}
