using System.Globalization;

namespace ProfilerWeaver.Tests.Api;

/// <summary>The figures of a program, by the numbers of <see cref="RandomTape"/>'s methods, as rows that can be
/// compared.</summary>
sealed class EngineFigures
{
    readonly SortedDictionary<(int Caller, int Method), Figures> figures = [];

    /// <summary>The rows of the methods.</summary>
    public IEnumerable<(int Method, Figures Figures)> Rows =>
        figures.Where(row => row.Key.Caller < 0).Select(row => (row.Key.Method, row.Value));

    /// <summary>A line for each method, and for each pair of caller and method.</summary>
    public string Text => string.Join('\n', figures.Select(row => string.Create(CultureInfo.InvariantCulture,
        $"{row.Key.Caller}>{row.Key.Method} {row.Value.Calls} {row.Value.PrimitiveCalls} {row.Value.TotalTime} {row.Value.CumulativeTime}")));

    /// <summary>What the port of the engine makes of a program, thread by thread.</summary>
    public static EngineFigures Of(IEnumerable<RandomTape> program)
    {
        var sum = new EngineFigures();
        foreach (var thread in program)
        {
            var (methods, edges) = Run(thread).Results();
            foreach (var (method, row) in methods)
                sum.Add(-1, method, row);
            // CPython does not report the calls of a method that was never left.
            foreach (var ((caller, method), edge) in edges.Where(edge => methods.ContainsKey(edge.Key.Item1)))
                sum.Add(caller, method, edge);
        }
        return sum;
    }

    /// <summary>What a profile has.</summary>
    public static EngineFigures Of(IEnumerable<MethodStats> rows)
    {
        var sum = new EngineFigures();
        foreach (var row in rows)
        {
            var method = RandomTape.MethodOf(row.Label.Name);
            sum.Add(-1, method, row.Figures);
            foreach (var caller in row.Callers)
                sum.Add(RandomTape.MethodOf(caller.Key.Name), method, caller.Value);
        }
        return sum;
    }

    /// <summary>Adds to the figures of a method, or of its calls by a caller.</summary>
    public void Add(int caller, int method, Figures row) =>
        figures[(caller, method)] = figures.GetValueOrDefault((caller, method)) + row;

    static LsprofEngine Run(RandomTape thread)
    {
        var engine = new LsprofEngine();
        foreach (var (kind, time, method) in thread.Events)
        {
            engine.Now = time;
            switch (kind)
            {
                case EngineEventKind.Enter: engine.Enter(method); break;
                case EngineEventKind.Leave: engine.Leave(); break;
                case EngineEventKind.Clear: engine = new(); break;
                default:
                    while (engine.Depth > 0)
                        engine.Leave();
                    break;
            }
        }
        return engine;
    }
}
