using ProfilerWeaver.Scripting;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Api;

/// <summary>CPython's <c>test_cprofile</c>: the program of its own tests, run as a string of code under a timer of its own,
/// is printed as CPython prints it, character for character. Only names and lines are translated.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class ProfileeTextTests
{
    // The same calls and ticks as in Scenarios.Profilee. What cProfile shows of itself is taken away.
    const string Profilee = """
        import sys
        ticks = 42000
        def timer(): return ticks
        def testfunc():
            global ticks
            ticks += 99; helper(); helper(); ticks += 171; factorial(14)
        def factorial(n):
            global ticks
            if n > 0: ticks += n; return mul(n, factorial(n - 1))
            ticks += 11
            return 1
        def mul(a, b):
            global ticks
            ticks += 1
            return a * b
        def helper():
            global ticks
            ticks += 1; helper1(); ticks += 2; helper1(); ticks += 6; helper2(); ticks += 3; helper2()
            ticks += 2; helper2(); ticks += 5; helper2_indirect(); ticks += 1
        def helper1():
            global ticks
            ticks += 10; hasattr(C(), 'foo'); ticks += 19
            found = []; found.append(sys.exc_info())
        def helper2_indirect(): helper2(); factorial(3)
        def helper2():
            global ticks
            ticks += 11; hasattr(C(), 'bar'); ticks += 13; subhelper(); ticks += 15
        def subhelper():
            global ticks
            ticks += 2
            for _ in range(2):
                try: C().foo
                except AttributeError: ticks += 3
        class C:
            def __getattr__(self, name):
                global ticks
                ticks += 1
                raise AttributeError
        """;

    const string Script = """
        import cProfile, marshal, pstats, sys
        program, output, builtins = sys.argv[1:]
        names = {}
        exec(compile(program, 'profilee.py', 'exec'), names)
        profile = cProfile.Profile(names['timer'], 0.001, builtins=builtins == 'True')
        if builtins == 'True':
            profile.runctx('testfunc()', names, names)
        else: # Python 3.14 would switch them on again
            profile.enable(True, False)
            exec('testfunc()', names, names)
            profile.disable()
        profile.create_stats()
        stats = {row: (cc, nc, tt, ct, {caller: edge for caller, edge in callers.items() if 'exec' not in caller[2]})
                 for row, (cc, nc, tt, ct, callers) in profile.stats.items()
                 if 'exec>' not in row[2] and 'disable' not in row[2] and 'builtins.exec' not in row[2]}
        with open(output, 'wb') as file:
            marshal.dump(stats, file)
        report = pstats.Stats(output)
        report.files = []
        report.sort_stats('stdname')
        report.print_stats()
        report.print_callers()
        report.print_callees()
        """;

    static readonly Dictionary<string, string> Names = new()
    {
        ["<module>"] = "<module>",
        ["Scenarios.Profilee.Testfunc"] = "testfunc",
        ["Scenarios.Profilee.Factorial"] = "factorial",
        ["Scenarios.Profilee.Mul"] = "mul",
        ["Scenarios.Profilee.Helper"] = "helper",
        ["Scenarios.Profilee.Helper1"] = "helper1",
        ["Scenarios.Profilee.Helper2Indirect"] = "helper2_indirect",
        ["Scenarios.Profilee.Helper2"] = "helper2",
        ["Scenarios.Profilee.Subhelper"] = "subhelper",
        ["Scenarios.Profilee.GetAttr"] = "__getattr__",
        ["<Outside.Attributes.Has>"] = "<built-in method builtins.hasattr>",
        ["<Outside.Attributes.NewList>"] = "<built-in method sys.exc_info>",
        ["<System.Collections.Generic.ICollection.Add>"] = "<method 'append' of 'list' objects>",
    };

    [TestCase(true)]
    [TestCase(false)]
    public void Table_callers_and_callees_are_printed_as_by_CPython(bool builtins)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("cpython.prof");
        var expected = CPython.Latest.Run(Script, Profilee, file, builtins.ToString());
        var labels = ProfFile.ReadRows(file).ToDictionary(row => row.Label.Name, row => row.Label);

        var stats = new Stats(Record(builtins).Select(row => new MethodStats(Translate(row.Label), row.Figures,
            [.. row.Callers.Select(caller => KeyValuePair.Create(Translate(caller.Key), caller.Value))]))).SortStats("stdname");
        using var printed = new StringWriter { NewLine = "\n" };
        stats.PrintStats(printed).PrintCallers(printed).PrintCallees(printed);

        Assert.That(printed.ToString(), Is.EqualTo(expected.ReplaceLineEndings("\n")));
        Assert.That(expected, Does.Contain(builtins ? "117 function calls (97 primitive calls) in 1.000 seconds" : " 97 function calls (77"));

        MethodLabel Translate(MethodLabel label) => labels[Names[label.Name]];
    }

    static IEnumerable<MethodStats> Record(bool builtins)
    {
        var scenarios = WovenAssembly.CSharp("Release");
        using var profile = new Profile(scenarios.Delegate<Func<long>>("Scenarios.Time", "Read"), 0.001, builtins: builtins);
        var names = new Dictionary<string, object?>
        {
            ["testfunc"] = scenarios.Delegate<Action>("Scenarios.Profilee", "Testfunc"),
        };
        profile.RunCtx("testfunc()", names);
        // Python raises exceptions without calling a constructor.
        return FlatProfile.From(profile.CreateStats())
            .Where(row => row.Label.Name != "<System.MissingMemberException.MissingMemberException>");
    }
}
