using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests;

/// <summary>Every CPython reads what we write, and we read what every CPython writes.</summary>
sealed class InteroperabilityTests : IDisposable
{
    const string PrintTables = TableText.PythonFunction + """
        import pstats
        for file in sys.argv[1:]:
            print(table_text(pstats.Stats(file).stats))
            print('')
        """;

    const string ProfileSomething = TableText.PythonFunction + """
        import cProfile, marshal
        def fact(n):
            return 1 if n == 0 else n * fact(n - 1)
        def generate(n):
            for i in range(n):
                yield fact(i)
        def main():
            return sorted(generate(6), key=lambda x: -x) + [len(str(n)) for n in generate(3)]
        profile = cProfile.Profile()
        profile.runcall(main)
        profile.create_stats()
        stats = dict(profile.stats)
        odd = (u'caf\u00e9/\u8a9e.py', 7, u'na\u00efve')
        stats[odd] = (2**31, 2**40, -1.5, 1e-300, {odd: (2**62, -2**62, 0.0, float('inf'))})
        stats[('x.py', 8, 'old')] = (1, 2, 0.5, 0.25, {odd: 3})
        for version in range(5):
            with open(sys.argv[1] + str(version), 'wb') as f:
                marshal.dump(stats, f, version)
        profile.dump_stats(sys.argv[1])
        sys.stdout.write(table_text(stats))
        """;

    const string Reencode = """
        import marshal, sys
        for file in sys.argv[1:]:
            with open(file, 'rb') as f:
                stats = marshal.load(f)
                end = f.tell()
                f.seek(0)
                assert f.read(end) == marshal.dumps(stats, 2), file
            print(end)
        """;

    const string PrintAll = """
        import pstats, sys
        pstats.Stats(sys.argv[1]).sort_stats('stdname').print_stats().print_callers().print_callees()
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Every_CPython_reads_our_files_to_the_last_bit(
        [ValueSource(typeof(CPython), nameof(CPython.All))] CPython python)
    {
        var files = Enumerable.Range(0, 10).Select(Write).ToArray();

        var tables = python.Run(PrintTables, files).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(tables, Is.EqualTo(files.Select(file => TableText.Of(ProfFile.ReadRows(file)))));
    }

    [Test]
    public void We_read_the_files_of_every_CPython_in_every_version_of_marshal(
        [ValueSource(typeof(CPython), nameof(CPython.All))] CPython python)
    {
        var file = folder.File("python.prof");

        var expected = python.Run(ProfileSomething, file);

        using (Assert.EnterMultipleScope())
        {
            for (var version = 0; version < 5; version++)
            {
                var table = TableText.Of(ProfFile.ReadRows(file + version));
                Assert.That(table, Is.EqualTo(expected), $"marshal {version}");
            }
            Assert.That(ProfFile.Read(file).Recording, Is.Null);
            Assert.That(new Stats(file)["fact"].Calls, Is.EqualTo(1 + 2 + 3 + 4 + 5 + 6 + (1 + 2 + 3)));
        }
    }

    [Test]
    public void Our_table_is_byte_for_byte_marshal_version_2()
    {
        var files = Enumerable.Range(0, 10).Select(Write).ToArray();

        var ends = CPython.Latest.Run(Reencode, files).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(ends, Has.Length.EqualTo(files.Length));
    }

    [Test]
    public void What_we_dump_and_any_CPython_dumps_again_reads_back_equal(
        [ValueSource(typeof(CPython), nameof(CPython.All))] CPython python)
    {
        var ours = Enumerable.Range(0, 10).Select(Write).ToArray();
        foreach (var file in ours)
            new Stats(file).DumpStats(file);
        var theirs = Array.ConvertAll(ours, file => file + ".again");

        python.Run("""
            import pstats, sys
            for file in sys.argv[1:]:
                pstats.Stats(file).dump_stats(file + '.again')
            """, ours);

        Assert.That(theirs.Select(file => TableText.Of(new Stats(file))), Is.EqualTo(ours.Select(file => TableText.Of(new Stats(file)))));
    }

    [Test]
    public void R1_A_code_object_as_a_name_is_read_and_printed_as_pstats_does_but_for_its_address(
        [ValueSource(typeof(CPython), nameof(CPython.All3))] CPython python)
    {
        var file = ProfileModule(python);

        var theirs = Regex.Replace(python.Run(PrintAll, file), " at 0x[0-9A-Fa-f]+", "");

        using var ours = new StringWriter { NewLine = "\n" };
        new Stats(file).SortStats("stdname").PrintStats(ours).PrintCallers(ours).PrintCallees(ours);
        Assert.That(Ordered(ours.ToString()), Is.EqualTo(Ordered(theirs)));
        Assert.That(theirs, Does.Contain($"profile:0(<code object <module>, file \"{folder.File("program.py")}\", line 1>)"));

        // The width of the first column of callers is that of the longest name, with the address.
        static string Ordered(string text) => Regex.Replace(text, " {2,}", "  ");
    }

    [Test]
    public void R1_A_code_object_in_any_version_of_marshal_is_read(
        [ValueSource(typeof(CPython), nameof(CPython.All))] CPython python)
    {
        var file = ProfileModule(python);
        python.Run("""
            import marshal, sys
            with open(sys.argv[1], 'rb') as f:
                stats = marshal.load(f)
            for version in range(5):
                with open(sys.argv[1] + str(version), 'wb') as f:
                    marshal.dump(stats, f, version)
            """, file);

        foreach (var version in Enumerable.Range(0, 5))
        {
            var stats = new Stats(file + version);
            Assert.That(stats.Rows.Select(row => row.Label.Name),
                Has.One.EqualTo($"<code object <module>, file \"{folder.File("program.py")}\", line 1>"), $"marshal {version}");
            Assert.That(stats["inner"].Calls, Is.EqualTo(2));
        }
    }

    [Test]
    public void R3_A_name_of_70000_characters_is_read_and_printed_as_pstats_does()
    {
        var file = folder.File("long.prof");
        CPython.Latest.Run("import marshal, sys; f = open(sys.argv[1], 'wb'); " +
            "marshal.dump({('a.py', 1, 'n' * 70000): (1, 1, 0.5, 0.5, {})}, f); f.close()", file);

        using var ours = new StringWriter { NewLine = "\n" };
        new Stats(file).SortStats("stdname").PrintStats(ours).PrintCallers(ours).PrintCallees(ours);

        Assert.That(ours.ToString(), Is.EqualTo(CPython.Latest.Run(PrintAll, file)));
        Assert.That(ours.ToString(), Does.Contain(new string('n', 70_000)));
    }

    string ProfileModule(CPython python)
    {
        var (program, file) = (folder.File("program.py"), folder.File("profile.prof"));
        // Constants of every kind, more names than a short tuple has, functions in functions.
        File.WriteAllText(program, $$"""
            from __future__ import print_function
            def outer(n=10 ** 40):
                def inner(x, y=(1, 2.5, 1j, b'bytes', u'text', None, True)):
                    'inner'
                    return n in {1, 2, 3} and x[::2] or y is Ellipsis
                return inner([1]) or inner([2])
            def many():
                {{string.Join("; ", Enumerable.Range(0, 100).Select(i => $"name{i} = {i}.5"))}}
                return [name1 for _ in range(3)]
            outer()
            many()
            """);
        python.Run("import sys, profile; sys.argv = ['profile', '-o', sys.argv[1], sys.argv[2]]; profile.main()", file, program);
        return file;
    }

    [Test]
    public void Half_surrogate_pairs_in_names_survive()
    {
        var (ours, theirs) = (folder.File("ours.prof"), folder.File("theirs.prof"));
        var label = new MethodLabel("\uD800.py", 1, "a\uDCFF𝒳\uDC00é");
        ProfFile.WriteRows([new MethodStats(label, new Figures(1, 1, 1, 1), [])], ours);

        CPython.Latest.Run("import pstats, sys; pstats.Stats(sys.argv[1]).dump_stats(sys.argv[2])", ours, theirs);

        Assert.That(ProfFile.ReadRows(theirs).Single().Label, Is.EqualTo(label));
    }

    string Write(int seed)
    {
        var file = folder.File($"{seed}.prof");
        if (seed % 2 == 0)
            ProfFile.Write(RandomProfiles.Recording(seed), file);
        else
            ProfFile.WriteRows(RandomProfiles.Rows(seed).ToArray(), file);
        return file;
    }
}
