using System.Text.Json;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Api;

/// <summary>A model of CPython's engine in Python, which lies beside a clone of the repository where it is developed. It
/// runs in a real Python.</summary>
static class LsprofModel
{
    // The model ends with a program of its own, which begins where it makes its profiler.
    const string Script = """
        import json, sys
        source = open(sys.argv[1]).read()
        engine, own_program, _ = source.partition('\np=P()\n')
        assert own_program, 'the model no longer makes its profiler with p=P()'
        exec(engine)

        def run(events):
            p = P()
            for kind, time, method in events:
                p.T = time
                if kind == 0: p.enter(method)
                elif kind == 1: p.leave(method)
                elif kind == 3: p = P()
                else:
                    while p.cur: p.leave(p.cur[3].n)
            done = {n: e for n, e in p.ents.items() if e.cc}
            rows = [(-1, n, e.cc, e.cc - e.rc, e.it, e.tt) for n, e in done.items()]
            edges = [(n, m, s.cc, s.cc - s.rc, s.it, s.tt) for n, e in done.items() for m, s in e.calls.items() if s.cc]
            return rows + edges

        with open(sys.argv[2]) as programs:
            json.dump([[row for thread in program for row in run(thread)] for program in json.load(programs)], sys.stdout)
        """;

    static readonly string Model = Path.Combine(PackageFeed.Repository, "..", "shared", "oracle", "lsprof_model.py");

    /// <summary>The figures of each program; null where the model is not at hand.</summary>
    public static EngineFigures[]? Run(IEnumerable<RandomTape[]> programs)
    {
        if (!File.Exists(Model))
            return null;
        using var folder = new TemporaryFolder();
        var file = folder.File("programs.json");
        File.WriteAllText(file, JsonSerializer.Serialize(programs.Select(program => program.Select(thread =>
            thread.Events.Select(step => new[] { (long)step.Kind, step.Time, step.Method })))));
        var results = JsonSerializer.Deserialize<long[][][]>(CPython.Latest.Run(Script, Model, file))!;
        return Array.ConvertAll(results, Sum);
    }

    static EngineFigures Sum(long[][] rows)
    {
        var sum = new EngineFigures();
        foreach (var row in rows)
            sum.Add((int)row[0], (int)row[1], new(row[2], row[3], row[4], row[5]));
        return sum;
    }
}
