using System.ComponentModel;
using System.Diagnostics;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What cProfile costs Python programs of the same kinds, as a reference.</summary>
static class PythonPrograms
{
    const string Script = """
        import ast, collections, cProfile, json, pathlib, re, statistics, time
        sources = [path.read_text() for path in sorted(pathlib.Path(ast.__file__).parent.glob("*.py"))[:40]]
        orders = [{"number": i, "customer": f"customer {i % 97}", "lines": [{"product": f"product {j}", "count": j, "price": i % 50 + 0.5} for j in range(8)]} for i in range(2000)]
        lines = [f"2026-11-{i % 28 + 1} host{i % 17} GET /item/{i * 7919 % 1009}?page={i % 5} {200 + i % 3 * 100} {i % 900} ms" for i in range(20000)]
        request = re.compile(r"^(\S+) (\w+) GET ([^? ]+)(\?\S*)? (\d{3}) (\d+) ms$")
        def compiler():
            for source in sources: compile(ast.unparse(ast.parse(source)), "source", "exec")
        def round_trip():
            text = json.dumps(orders, indent=1)
            return sum(line["count"] * line["price"] for order in json.loads(text) for line in order["lines"])
        def number(digits):
            value = 0
            for digit in digits: value = value * 10 + ord(digit) - 48
            return value
        def texts():
            hosts = collections.Counter()
            for _ in range(5):
                for line in lines:
                    match = request.match(line)
                    if match: hosts[match[2]] += number(match[6])
                sorted({re.sub(r"\d+", lambda digits: "#" if len(digits[0]) > 3 else digits[0], line) for line in lines})
            return hosts.most_common(1)
        def seconds(program, profiled):
            profile = cProfile.Profile()
            start = time.perf_counter()
            if profiled: profile.runcall(program)
            else: program()
            return time.perf_counter() - start
        for program in compiler, round_trip, texts:
            rounds = [(seconds(program, False), seconds(program, True)) for _ in range(3)]
            plain, profiled = (statistics.median(each) for each in zip(*rounds))
            ratio = statistics.median(b / a for a, b in rounds)
            print(f"{program.__name__:<16} {plain:7.2f} {profiled:9.2f} {ratio:7.2f}")
        """;

    /// <summary>Prints the table.</summary>
    /// <returns>False where there is no Python.</returns>
    public static bool Print(TextWriter output)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardOutput = true })!;
            output.WriteLine("cProfile         without      with   ratio");
            output.Write(python.StandardOutput.ReadToEnd());
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            output.WriteLine("There is no Python.");
            return false;
        }
    }
}
