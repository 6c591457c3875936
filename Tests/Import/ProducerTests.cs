using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tests.Export;

namespace ProfilerWeaver.Tests.Import;

/// <summary>Files of other tools, made by themselves, have the same ten largest own figures here as there.</summary>
sealed partial class ProducerTests : IDisposable
{
    const string GoProgram = """
        package main

        import (
            "os"
            "runtime"
            "runtime/pprof"
            "strings"
        )

        var kept []string

        func build(n int) string { return strings.Repeat("ab", n) }

        func keep(n int) { kept = append(kept, build(n)) }

        func main() {
            runtime.MemProfileRate = 1
            for i := 0; i < 200; i++ {
                keep(i)
                build(3 * i)
            }
            file, _ := os.Create(os.Args[1])
            pprof.Lookup("allocs").WriteTo(file, 0)
            file.Close()
        }
        """;

    const string CProgram = """
        #include <stdio.h>
        #include <stdlib.h>
        static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        static int compared;
        static int compare(const void *a, const void *b) { compared++; return *(const int *)a - *(const int *)b; }
        static int sorted(void)
        {
            static int a[500];
            for (int i = 0; i < 500; i++) a[i] = i * 7919 % 1009;
            qsort(a, 500, sizeof(int), compare);
            return a[5];
        }
        int main(void) { int sum = fib(12) + sorted(); printf("%d %d\n", compared, sum); return 0; }
        """;

    const string JavaScript = """
        function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }
        function sorted() { const a = Array.from({ length: 200000 }, (_, k) => k * 7919 % 10007); a.sort((x, y) => x - y); return a[5] }
        console.log(fib(25), sorted())
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Memory_of_a_Go_program()
    {
        File.WriteAllText(folder.File("work.go"), GoProgram);
        OtherTool.RunIn(folder.Location, "go", "build", "-o", "work", "work.go");
        OtherTool.RunIn(folder.Location, folder.File("work"), "allocs.pb.gz");

        var stats = new Stats(folder.File("allocs.pb.gz"));

        Assert.That(stats.Unit, Is.EqualTo(ClockUnit.Bytes));
        Assert.That(stats["main.keep"].CumulativeTime, Is.GreaterThan(stats["main.keep"].TotalTime).And.GreaterThan(10_000));
        AssertTop(stats, PprofRows(folder.File("allocs.pb.gz"), "-unit=B"), figure => figure);
    }

    // Made by runtime/pprof of Go 1.19: its samples are of times, some of methods that were compiled into others.
    [Test]
    public void Times_of_a_Go_program()
    {
        var file = Path.Combine(PackageFeed.Repository, "Tests", "Import", "Files", "go.pb.gz");

        var stats = new Stats(file);

        Assert.That(stats.Unit, Is.EqualTo(ClockUnit.Seconds));
        Assert.That(stats.Sum(row => row.Samples), Is.EqualTo(Math.Round(stats.TotalTime * 100)), "100 samples a second");
        AssertTop(stats, PprofRows(file, "-unit=ns"), seconds => Math.Round(seconds * 1e9));
    }

    [Test]
    public void Instructions_of_a_C_program()
    {
        File.WriteAllText(folder.File("work.c"), CProgram);
        OtherTool.RunIn(folder.Location, "gcc", "-g", "-O1", "-fno-inline", "-o", "work", "work.c");
        var printed = OtherTool.RunIn(folder.Location, "valgrind", "--tool=callgrind", "--callgrind-out-file=work.out", folder.File("work"));

        var stats = new Stats(folder.File("work.out"));

        var total = Regex.Match(File.ReadAllText(folder.File("work.out")), @"(?m)^(?:summary|totals): (\d+)").Groups[1].Value;
        Assert.That(stats.TotalTime, Is.EqualTo(double.Parse(total, CultureInfo.InvariantCulture)));
        Assert.That(stats["compare"].Calls, Is.EqualTo(long.Parse(printed.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.That(stats["sorted"].Calls, Is.EqualTo(1));
        var annotated = OtherTool.RunIn(folder.Location, "callgrind_annotate", "--auto=no", "--threshold=100", "work.out");
        AssertTop(stats, Costs().Matches(annotated).Select(match => (match.Groups["name"].Value, Number(match.Groups["cost"].Value))), figure => figure);

        static double Number(string text) => double.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [Test]
    public void Times_of_a_JavaScript_program()
    {
        File.WriteAllText(folder.File("work.js"), JavaScript);
        OtherTool.RunIn(folder.Location, "node", "--cpu-prof", "--cpu-prof-interval=200", "--cpu-prof-name=work.cpuprofile", "work.js");

        var stats = new Stats(folder.File("work.cpuprofile"));

        Assert.That(stats["sorted"].CumulativeTime, Is.GreaterThan(0));
        // speedscope has no frame for these, and gives the last sample no time.
        string[] left = ["(program)", "(idle)", "(garbage collector)"];
        var frames = NpmReaders.Speedscope(folder.File("work.cpuprofile"))[0].GetProperty("frames").EnumerateArray()
            .Select(frame => (Regex.Replace(frame.GetProperty("name").GetString()!, @"^\(anonymous .*", "(anonymous)"), frame.GetProperty("self").GetDouble()));
        AssertTop(stats, frames.Where(frame => !left.Contains(frame.Item1)), seconds => seconds * 1e6, left, within: 250 + LastSample(folder.File("work.cpuprofile")));
    }

    // Its time in microseconds; on a busy machine it is long.
    static double LastSample(string file)
    {
        using var profile = JsonDocument.Parse(File.ReadAllText(file));
        var root = profile.RootElement;
        var deltas = root.GetProperty("timeDeltas").EnumerateArray().Select(delta => delta.GetInt64()).ToList();
        return Math.Max(deltas[^1], root.GetProperty("endTime").GetInt64() - root.GetProperty("startTime").GetInt64() - deltas.Sum());
    }

    static IEnumerable<(string Name, double Own)> PprofRows(string file, string unit) =>
        OtherTool.Run("go", "tool", "pprof", "-top", unit, "-nodecount=100000", "-nodefraction=0", "-edgefraction=0", file)
            .Split('\n').SkipWhile(line => !Regex.IsMatch(line, "^ +flat +flat%")).Skip(1)
            .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length == 6)
            .Select(cells => (cells[5].Replace(" (inline)", "", StringComparison.Ordinal).Replace(" (partial-inline)", "", StringComparison.Ordinal),
                double.Parse(Regex.Replace(cells[0], "[A-Za-z]+$", ""), CultureInfo.InvariantCulture)));

    // By figure: of what is equal, every tool has its own order.
    static void AssertTop(Stats stats, IEnumerable<(string Name, double Own)> theirs, Func<double, double> figure, string[]? left = null, double within = 0)
    {
        var ours = stats.GroupBy(row => NameLookup.BareName(row.Label)).Where(same => left?.Contains(same.Key) != true)
            .ToDictionary(same => same.Key, same => figure(same.Sum(row => row.TotalTime)));
        var top = theirs.GroupBy(row => row.Name).Select(same => (Name: same.Key, Own: same.Sum(row => row.Own)))
            .OrderByDescending(row => row.Own).Take(10).ToList();

        Assert.That(top, Is.Not.Empty);
        foreach (var (name, own) in top)
            Assert.That(ours.GetValueOrDefault(name, double.NaN), Is.EqualTo(own).Within(within), name);
        Assert.That(ours.Values.OrderDescending().Take(top.Count), Is.EqualTo(top.Select(row => row.Own)).Within(within));
    }

    [GeneratedRegex(@"(?m)^ *(?<cost>[\d,]+) \( *[\d.]+%\)  .*?:(?<name>[^\[\n]*?)(?: \[.*\])?$")]
    private static partial Regex Costs();
}
