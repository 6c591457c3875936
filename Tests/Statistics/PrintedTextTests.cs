namespace ProfilerWeaver.Tests;

/// <summary>Our tables and those of the real pstats, byte for byte.</summary>
sealed class PrintedTextTests : IDisposable
{
    const string Program = """
        import sys

        class Shape(object):
            def __init__(self, sides):
                self.sides = [Side(i) for i in range(sides)]
            def area(self):
                return sum(side.length() for side in self.sides)

        class Side(object):
            def __init__(self, number):
                self.number = number
            def length(self):
                return fact(self.number) % 7 + len(str(self.number))

        def fact(n):
            return n * fact(n - 1) if n > 0 else even(9)

        def even(n):
            return n == 0 or odd(n - 1)

        def odd(n):
            return n != 0 and even(n - 1)

        def main():
            for i in range(4):
                Shape(i + 2).area()
            try:
                fact(None)
            except TypeError:
                pass
            sorted([3, 1, 2], key=lambda x: -x)
        """;

    static readonly string[] Keys =
    [
        "calls", "ncalls", "cumtime", "cumulative", "filename", "line", "module", "name", "nfl", "pcalls", "stdname",
        "time", "tottime",
    ];

    static readonly object[][] Restrictions =
    [
        [], [5], [0], [-1], [1_000_000],
        [0.0], [0.5], [0.125], [1.0], [-0.5], [1.5], [0.00001],
        ["a"], ["no such name"], ["^.*:\\d+\\(.*e"], ["𝒳|日"], ["it's"], ["[x'"],
        ["(", 3], ["it's \"", 1], ["\\\\|\t|é", 2], ["a", 0.4, "e", 1],
    ];

    static readonly string[] Printers = ["print_stats", "print_callers", "print_callees"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Recordings_of_ours_print_the_same_with_every_key_and_restriction()
    {
        var files = Enumerable.Range(0, 6).Select(Recording).ToArray();
        Pstats.Compare(CPython.Latest, [.. files.SelectMany(Jobs)]);
    }

    [Test]
    public void Random_tables_print_the_same_with_every_key_and_restriction()
    {
        var files = Enumerable.Range(0, 10).Select(Table).ToArray();
        Pstats.Compare(CPython.Latest, [.. files.SelectMany(Jobs)]);
    }

    [Test]
    public void Files_of_every_CPython_print_the_same(
        [ValueSource(typeof(CPython), nameof(CPython.All3))] CPython python,
        [Values("cProfile", "profile")] string module)
    {
        var file = folder.File("program.prof");
        python.Run(
            $"import {module}, sys; exec(compile(sys.argv[1], 'some/dir/program.py', 'exec')); "
            + $"{module}.run('main()', sys.argv[2])",
            Program,
            file);
        Pstats.Compare(python, [.. Jobs(file)]);
    }

    [Test]
    public void Files_in_every_version_of_marshal_print_the_same([Range(0, 4)] int version)
    {
        var file = folder.File("program.prof");
        CPython.Latest.Run(
            "import cProfile, marshal, sys; exec(compile(sys.argv[1], 'some/dir/program.py', 'exec')); "
            + "profile = cProfile.Profile(); profile.runcall(main); profile.create_stats(); "
            + "marshal.dump(profile.stats, open(sys.argv[2], 'wb'), int(sys.argv[3]))",
            Program,
            file,
            version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Pstats.Compare(CPython.Latest, [.. Jobs(file)]);
    }

    [Test]
    public void Every_pstats_prints_the_same([ValueSource(typeof(CPython), nameof(CPython.All3))] CPython python) =>
        Pstats.Compare(python, [.. Jobs(Recording(100)), .. Jobs(Table(100))]);

    [Test]
    public void Several_files_print_the_same()
    {
        string[] files = [Recording(1), Table(2), Recording(3), Table(4)];
        Pstats.Compare(CPython.Latest,
        [
            new(files, ("print_stats", []), ("sort_stats", ["cumulative"]), ("print_callers", []),
                ("print_callees", [])),
            new(files[..1], ("add", [files[1], files[2]]), ("sort_stats", ["tottime", "stdname"]), ("print_stats", []),
                ("add", [files[3]]), ("print_stats", [])),
            new([files[0], files[0]], ("sort_stats", ["calls"]), ("print_stats", []), ("print_callees", [])),
        ]);
    }

    [Test]
    public void Stripped_names_print_the_same_where_no_callers_become_equal() => Pstats.Compare(CPython.Latest,
        [.. Enumerable.Range(0, 40).Select(Table).Where(HasNoEqualCallers).SelectMany(file => new StatsJob[]
        {
            new([file], ("strip_dirs", []), ("print_stats", []), ("print_callers", []), ("print_callees", [])),
            new([file], ("strip_dirs", []), ("sort_stats", ["stdname"]), ("print_stats", []), ("print_callees", [7])),
        })]);

    [Test]
    public void Times_that_are_no_numbers_print_the_same()
    {
        var file = folder.File("odd.prof");
        double[] times = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, -0.0001, 0.0005, 1e300];
        ProfFile.WriteRows([.. times.Select((time, i) =>
            new MethodStats(new MethodLabel("odd.py", i, "f"), new Figures(i, i, time, time), []))], file);
        Pstats.Compare(CPython.Latest, [new([file], ("print_stats", []), ("print_callers", []))]);
    }

    static IEnumerable<StatsJob> Jobs(string file)
    {
        foreach (var key in Keys)
        {
            yield return new([file], ("sort_stats", [key]), ("print_stats", []), ("print_callers", []),
                ("print_callees", []), ("reverse_order", []), ("print_stats", [0.5]));
        }
        foreach (var restrictions in Restrictions)
        {
            foreach (var printer in Printers)
                yield return new([file], ("sort_stats", ["name", "line", "cumulative"]), (printer, restrictions));
        }
        foreach (var number in (object[])[-1, 0, 1, 2])
            yield return new([file], ("sort_stats", [number]), ("print_stats", []));
        yield return new([file], ("reverse_order", []), ("print_stats", []), ("sort_stats", ["cu", "fil"]),
            ("print_stats", [3]), ("sort_stats", []), ("print_stats", []));
    }

    static bool HasNoEqualCallers(string file) => ProfFile.ReadRows(file).All(row => row.Callers
        .Select(caller => caller.Key with { File = Path.GetFileName(caller.Key.File) })
        .Distinct()
        .Count() == row.Callers.Count);

    string Recording(int seed)
    {
        var file = folder.File($"recording {seed}.prof");
        ProfFile.Write(RandomProfiles.Recording(seed), file);
        return file;
    }

    string Table(int seed)
    {
        var file = folder.File($"table {seed}.prof");
        ProfFile.WriteRows(RandomProfiles.Rows(seed).ToArray(), file);
        return file;
    }
}
