using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProfilerWeaver.Tests;

/// <summary>A series of operations on the statistics of some files, done by pstats or by <see cref="Stats"/>.</summary>
sealed record StatsJob(string[] Files, params (string Operation, object[] Arguments)[] Steps)
{
    public string RunHere()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var stats = new Stats(Files);
        foreach (var (operation, arguments) in Steps)
            Apply(stats, operation, arguments, output);
        return output.ToString();
    }

    static void Apply(Stats stats, string operation, object[] arguments, StringWriter output) => _ = operation switch
    {
        "sort_stats" when arguments is [int number] => stats.SortStats(number),
        "sort_stats" => stats.SortStats(arguments.Cast<string>().ToArray()),
        "reverse_order" => stats.ReverseOrder(),
        "strip_dirs" => stats.StripDirs(),
        "add" => stats.Add(arguments.Cast<string>().ToArray()),
        "print_stats" => stats.PrintStats(output, Restrictions(arguments)),
        "print_callers" => stats.PrintCallers(output, Restrictions(arguments)),
        "print_callees" => stats.PrintCallees(output, Restrictions(arguments)),
        _ => throw new ArgumentException(operation),
    };

    static Restriction[] Restrictions(object[] arguments) => Array.ConvertAll<object, Restriction>(
        arguments,
        argument => argument switch
        {
            int count => count,
            double fraction => fraction,
            _ => (string)argument,
        });

    public override string ToString() => string.Join(", ", Files.Select(Path.GetFileName)) + ": "
        + string.Join(" ", Steps.Select(step => $"{step.Operation}({string.Join(", ", step.Arguments)})"));
}

/// <summary>Runs jobs with the real pstats, all in one process.</summary>
static class Pstats
{
    const string Script = """
        import io, json, pstats, sys
        kinds = {'Int32': int, 'Double': float, 'String': str}
        results = []
        with open(sys.argv[1], encoding='utf-8') as f:
            jobs = json.load(f)
        for job in jobs:
            stream = io.StringIO()
            stats = pstats.Stats(*job['files'], stream=stream)
            for operation, arguments in job['steps']:
                getattr(stats, operation)(*[kinds[kind](value) for kind, value in arguments])
            results.append(stream.getvalue())
        with open(sys.argv[2], 'w', encoding='utf-8') as f:
            json.dump(results, f)
        """;

    public static string[] Run(CPython python, IEnumerable<StatsJob> jobs)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("jobs"), JsonSerializer.Serialize(jobs.Select(job => new JsonObject
        {
            ["files"] = Json(job.Files, file => file),
            ["steps"] = Json(job.Steps, step => new JsonArray(step.Operation, Json(step.Arguments, Argument))),
        })));
        python.Run(Script, folder.File("jobs"), folder.File("results"));
        return JsonSerializer.Deserialize<string[]>(File.ReadAllText(folder.File("results")))!;
    }

    /// <summary>Checks that each job prints the same here and there.</summary>
    public static void Compare(CPython python, IReadOnlyList<StatsJob> jobs)
    {
        var expected = Run(python, jobs);
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < jobs.Count; i++)
                Assert.That(jobs[i].RunHere(), Is.EqualTo(expected[i]), $"{python}: {jobs[i]}");
        }
    }

    static JsonArray Argument(object argument) =>
        [argument.GetType().Name, Convert.ToString(argument, System.Globalization.CultureInfo.InvariantCulture)];

    static JsonArray Json<T>(T[] items, Func<T, JsonNode?> convert) =>
        new(Array.ConvertAll(items, item => convert(item)));
}
