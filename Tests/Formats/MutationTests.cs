using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Tests;

/// <summary>Thousands of damaged files: each ends soon, in little memory, with the table that CPython would read or with a
/// reason why there is none. The variable <c>PROFILERWEAVER_MUTANTS</c> sets how many.</summary>
sealed class MutationTests
{
    const int FewMutants = 3_000;
    const int AskedOfPython = 400;
    const long MostMemory = 64 << 20;

    const string WritePrograms = """
        import cProfile, marshal, sys
        def fact(n):
            return n * fact(n - 1) if n else len('')
        def main():
            return sorted([fact(3), fact(2)], key=lambda x: -x)
        profile = cProfile.Profile()
        profile.runcall(main)
        profile.create_stats()
        for version in range(5):
            with open(sys.argv[1] + str(version), 'wb') as f:
                marshal.dump(profile.stats, f, version)
        import profile
        profile = profile.Profile()
        profile.runctx(compile('main()', 'program.py', 'exec'), globals(), locals())
        profile.dump_stats(sys.argv[1] + 'profile')
        """;

    const string ReadMutants = TableText.PythonFunction + """
        import io, os, pstats
        for name in sorted(os.listdir(sys.argv[1]), key=int):
            try:
                stream = io.StringIO()
                result = table_text(pstats.Stats(os.path.join(sys.argv[1], name), stream=stream).stats)
            except Exception as e:
                result = 'refused: ' + type(e).__name__
            print(result.replace('\n', '|'))
        """;

    static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(100);

    readonly int count = Environment.GetEnvironmentVariable("PROFILERWEAVER_MUTANTS") is { Length: > 0 } number
        ? int.Parse(number, CultureInfo.InvariantCulture)
        : FewMutants;

    [Test]
    public void A_mutant_is_a_whole_table_or_refused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("mutant.prof");
        var mutator = new Mutator(Originals(), new Random(1));
        var (read, withTree, slowest, largest) = (0, 0, TimeSpan.Zero, 0L);
        Try(mutator.Next());

        for (var i = 0; i < count; i++)
        {
            var mutant = mutator.Next();
            var result = Try(mutant);
            // The machine may have been busy with something else.
            for (var repeat = 0; repeat < 3 && result.Time > LongestTime; repeat++)
                result = Try(mutant);
            Assert.That(result.Time, Is.LessThan(LongestTime), $"mutant {i}");
            Assert.That(result.Memory, Is.LessThan(MostMemory), $"mutant {i}");
            (slowest, largest) = (Max(slowest, result.Time), Math.Max(largest, result.Memory));
            if (i % 10 == 0)
            {
                File.WriteAllBytes(file, mutant);
                Use(file);
            }
            if (result.Content is { } content)
            {
                read++;
                withTree += content.Recording is null ? 0 : 1;
                Assert.That(TableText.Of(Again(content.Rows)), Is.EqualTo(TableText.Of(content.Rows)), $"mutant {i}");
            }
        }

        TestContext.Out.WriteLine($"{count} mutants: {read} read, {withTree} of them with call trees; the slowest took "
            + $"{slowest.TotalMilliseconds:0.0} ms, the largest {largest >> 10} KiB");
        // Otherwise the mutants are so damaged that they test nothing.
        Assert.That(read, Is.GreaterThan(count / 20));
        Assert.That(withTree, Is.GreaterThan(count / 100));
    }

    [Test]
    public void What_is_read_is_what_CPython_reads()
    {
        using var folder = new TemporaryFolder();
        var mutator = new Mutator(Originals(), new Random(2));
        var tables = new List<string>();
        while (tables.Count < AskedOfPython)
        {
            var mutant = mutator.Next();
            try
            {
                tables.Add(TableText.Of(ProfFile.ReadRows(new MemoryStream(mutant))).Replace('\n', '|'));
                File.WriteAllBytes(folder.File(tables.Count.ToString(CultureInfo.InvariantCulture)), mutant);
            }
            catch (InvalidProfileException)
            {
            }
        }

        var theirs = CPython.Latest.Run(ReadMutants, folder.Location).Split('\n')[..^1];

        var refused = 0;
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < theirs.Length; i++)
            {
                if (theirs[i].StartsWith("refused", StringComparison.Ordinal))
                    refused++;
                else
                    Assert.That(tables[i], Is.EqualTo(theirs[i]), $"mutant {i + 1}");
            }
        }
        Assert.That(refused, Is.LessThan(theirs.Length / 2));
    }

    /// <summary>Small files of every kind.</summary>
    static List<byte[]> Originals()
    {
        using var folder = new TemporaryFolder();
        var files = new List<string>();
        for (var seed = 0; seed < 40; seed++)
        {
            files.Add(folder.File($"recording {seed}"));
            ProfFile.Write(RandomProfiles.Recording(seed), files[^1]);
        }
        for (var seed = 0; seed < 4; seed++)
        {
            files.Add(folder.File($"table {seed}"));
            ProfFile.WriteRows([.. RandomProfiles.Rows(seed)], files[^1]);
        }
        foreach (var python in CPython.All)
        {
            var prefix = folder.File($"python {python.Version} ");
            python.Run(WritePrograms, prefix);
            files.AddRange(Enumerable.Range(0, 5).Select(version => prefix + version));
            files.Add(prefix + "profile");
        }
        return files.ConvertAll(File.ReadAllBytes);
    }

    static (ProfContent? Content, TimeSpan Time, long Memory) Try(byte[] mutant)
    {
        var memory = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var content = Use(mutant);
        return (content, clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - memory);
    }

    /// <summary>Reads a file and prints everything that can be printed of it.</summary>
    static ProfContent? Use(byte[] mutant)
    {
        try
        {
            var content = ProfFile.Read(new MemoryStream(mutant), "mutant");
            Print(new Stats(content.Rows));
            if (content.Recording is { } recording)
                Print(new Stats(recording)).PrintTree(TextWriter.Null);
            return content;
        }
        catch (InvalidProfileException e)
        {
            Assert.That(e.Offset, Is.InRange(0, mutant.Length));
            Assert.That(e.Reason, Is.Not.Empty);
            return null;
        }
    }

    /// <summary>Statistics read a file whose call trees are damaged, too.</summary>
    static void Use(string file)
    {
        try
        {
            var stats = Print(new Stats(file));
            stats.DumpStats(file);
            Assert.That(TableText.Of(new Stats(file)), Is.EqualTo(TableText.Of(stats)));
            _ = stats.Threads.Count;
        }
        catch (Exception e) when (e is InvalidProfileException or InvalidOperationException)
        {
            // There is no table; or only no tree.
        }
    }

    static Stats Print(Stats stats) => stats.SortStats("stdname").PrintStats(TextWriter.Null)
        .PrintCallers(TextWriter.Null).PrintCallees(TextWriter.Null).StripDirs();

    static IReadOnlyList<MethodStats> Again(IReadOnlyList<MethodStats> rows)
    {
        using var copy = new MemoryStream();
        ProfFile.WriteRows(rows, copy);
        copy.Position = 0;
        return ProfFile.ReadRows(copy);
    }

    static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
