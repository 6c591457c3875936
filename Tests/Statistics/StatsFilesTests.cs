namespace ProfilerWeaver.Tests.Statistics;

/// <summary>Many files as one <see cref="Stats"/>: they are read at once, and tables are added without making rows of each.</summary>
public sealed class StatsFilesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Sums_are_those_of_profiles_that_are_added_one_after_the_other([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var files = Enumerable.Range(0, 30).Select(i => random.Next(4) switch
        {
            0 => Write(i, RandomProfiles.Recording(seed * 100 + i)),
            1 => WriteRows(i, RandomProfiles.Rows(seed * 100 + i)),
            _ => WriteRows(i, SmallRows(random)),
        }).ToArray();
        var alone = new Stats(files[0]);
        for (var i = files.Length - 1; i > 0; i--)
            alone.Add(new Stats(files[i]));

        var together = new Stats(files);

        Assert.That(Described(together), Is.EqualTo(Described(alone)));
        Assert.That(Described(new Stats(files[0]).Add(files[1..])), Is.EqualTo(Described(alone)));
    }

    [Test]
    public void A_method_that_a_table_has_twice_is_there_once_with_its_last_figures()
    {
        var label = new MethodLabel("a.cs", 1, "A");
        var table = File.ReadAllBytes(WriteRows(0, [new(label, new(1, 1, 1, 1), [])]));
        // { key row key row 0
        File.WriteAllBytes(folder.File("twice.prof"), [.. table[..^1], .. table[1..^1], .. table[^1..]]);

        Assert.That(new Stats(folder.File("twice.prof"), folder.File("0.prof")).Single().Calls, Is.EqualTo(2));
    }

    [Test]
    public void If_a_file_cannot_be_read_none_is_added()
    {
        var first = WriteRows(0, SmallRows(new Random(1)));
        File.WriteAllText(folder.File("damaged.prof"), "{(");
        var stats = new Stats(first);
        var before = Described(stats);

        Assert.That(() => stats.Add(first, folder.File("damaged.prof"), first),
            Throws.TypeOf<InvalidProfileException>().With.Message.Contains(folder.File("damaged.prof")));
        Assert.That(Described(stats), Is.EqualTo(before));
        Assert.That(() => new Stats(first, first, folder.File("damaged.prof")), Throws.TypeOf<InvalidProfileException>());
    }

    [Test]
    public void Methods_that_the_pure_python_profiler_called_first_are_the_top_level_of_sums_too()
    {
        var profiler = new MethodLabel("jprofile", 0, "profiler");
        var files = Enumerable.Range(0, 3).Select(i => WriteRows(i,
        [
            new(new("a.py", i, "top"), new(1, 1, 1, 1), [new(profiler, new(1, 1, 1, 1))]),
            new(new("a.py", 9, "below"), new(1, 1, 1, 1), []),
        ])).ToArray();

        Assert.That(new Stats(files).TopLevel.Select(label => label.Line), Is.EqualTo(new[] { 0, 2, 1 }));
    }

    static MethodStats[] SmallRows(Random random)
    {
        var labels = Enumerable.Range(0, 20).Select(i => new MethodLabel($"file{i % 3}.cs", i, "Method")).ToArray();
        random.Shuffle(labels);
        return Array.ConvertAll(labels[..random.Next(1, labels.Length)], label => new MethodStats(label, Figures(),
            [.. labels.Where(_ => random.Next(2) == 0).Select(caller => KeyValuePair.Create(caller, Figures()))]));

        Figures Figures() => new(random.Next(1000), random.Next(1000), random.NextDouble(), random.NextDouble());
    }

    static string Described(Stats stats) => string.Join("\n",
    [
        $"{stats.TotalCalls} {stats.PrimitiveCalls} {stats.TotalTime:R} {stats.Unit}", .. stats.Files,
        .. stats.Select(row => $"{row.Label} {row.Figures} {string.Join(" ", row.Callers.Select(caller => $"{caller.Key} {caller.Value}"))}"),
    ]);

    string Write(int number, ProfileData profile)
    {
        ProfFile.Write(profile, folder.File($"{number}.prof"));
        return folder.File($"{number}.prof");
    }

    string WriteRows(int number, IReadOnlyCollection<MethodStats> rows)
    {
        ProfFile.WriteRows(rows, folder.File($"{number}.prof"));
        return folder.File($"{number}.prof");
    }
}
