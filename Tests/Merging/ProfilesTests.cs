namespace ProfilerWeaver.Tests.Merging;

/// <summary><see cref="Profiles"/>: files, and what is in the way of merging them. What is merged how is in <see cref="MergeTests"/>.</summary>
public sealed class ProfilesTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string[] files;
    readonly string output;

    public ProfilesTests()
    {
        output = folder.File("merged.prof");
        files = [.. Enumerable.Range(1, 3).Select(seed => Write($"{seed}.prof", RandomProfiles.Recording(seed)))];
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void Files_become_one_whatever_the_memory()
    {
        Assert.That(Profiles.Merge(files, output), Is.EqualTo(3));
        var merged = File.ReadAllBytes(output);

        Profiles.Merge(files.Reverse(), output, new() { MemoryLimit = 0 });

        Assert.That(File.ReadAllBytes(output), Is.EqualTo(merged));
    }

    [Test]
    public void Labels_select_what_was_merged_with_them_in_whatever_order_they_are_given()
    {
        var labels = new KeyValuePair<string, string>[] { new("version", "1"), new("pod", "a") };
        Profiles.Merge(files, output, new() { Labels = labels });
        var merged = File.ReadAllBytes(output);

        Profiles.Merge(files, output, new() { Labels = [.. labels.Reverse()] });

        Assert.That(File.ReadAllBytes(output), Is.EqualTo(merged));
        Assert.That(ProfFile.Read(output).Recording!.Methods.Where(label => ScopeName.Is(label)).Select(label => label.Name),
            Is.EqualTo(new[] { "merged pod=a version=1" }));
    }

    [Test]
    public void What_a_profile_says_of_its_run_tells_it_apart()
    {
        var pods = new[] { "a", "b", "a" }.Select((pod, i) => Write($"{pod}{i}.prof", RandomProfiles.Recording(1) with
        {
            Environment = [new("machine", pod), new("program version", "1.2")],
        })).Append(Write("c.prof", RandomProfiles.Recording(1) with { Environment = [] }));

        Profiles.Merge(pods, output, new() { By = ["version", "machine"], Labels = [new("day", "7")] });

        Assert.That(new Stats(output).Contexts.Where(context => ScopeName.Is(context.Label)).Select(context => $"{context.Name} {context.Calls}"),
            Is.EquivalentTo(new[]
            {
                "merged day=7 machine=a version=1.2 2", "merged day=7 machine=b version=1.2 1", "merged day=7 machine=(unknown) version=(unknown) 1",
            }));
        Assert.That(() => Profiles.Merge(files, output, new() { By = ["pod"] }), Throws.ArgumentException.With.Message.Contains("machine, version"));
    }

    [Test]
    public void What_cannot_be_merged_ends_it_or_is_told()
    {
        File.WriteAllText(folder.File("damaged.prof"), "{");
        ProfFile.WriteRows([.. ProfFile.Read(files[0]).Rows], folder.File("table.prof"));
        var bytes = Write("bytes.prof", RandomProfiles.Recording(4) with { Unit = ClockUnit.Bytes });
        string[] bad = [folder.File("damaged.prof"), folder.File("table.prof"), bytes];
        var told = new List<(string File, string Why)>();

        var count = Profiles.Merge([files[0], .. bad, files[1]], output, new() { LeftOut = (file, why) => told.Add((file, why.Message)) });

        Assert.That(count, Is.EqualTo(2));
        Assert.That(told.Select(one => one.File), Is.EqualTo(bad));
        Assert.That(told.Select(one => one.Why), Has.All.Contains(folder.Location));
        Assert.That(() => Profiles.Merge([files[0], bad[0]], output), Throws.TypeOf<InvalidProfileException>());
        Assert.That(() => Profiles.Merge([files[0], bad[2]], output),
            Throws.InvalidOperationException.With.Message.StartsWith($"{bytes} cannot be merged with {files[0]}: it "));
        Assert.That(() => Profiles.Merge([], output), Throws.InvalidOperationException);
        Assert.That(ProfFile.Read(output).Recording!.Environment, Does.Contain(new KeyValuePair<string, string>("merged profiles", "2")), "as it was");
    }

    // The first one takes long to read; the others are there before it says what is measured.
    [Test]
    public void What_is_left_out_depends_on_the_order_of_the_files_and_on_nothing_else([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var first = Write("first.prof", Large("wall (stopwatch)"));
        var others = Enumerable.Range(0, 20).Select(i => (IsWall: random.Next(2) == 0, IsLarge: random.Next(5) == 0, Name: $"other{i}.prof")).ToList();
        foreach (var (isWall, isLarge, name) in others)
        {
            var clock = isWall ? "wall (time-stamp counter)" : "thread CPU";
            Write(name, isLarge ? Large(clock) : RandomProfiles.Recording(1) with { Clock = clock });
        }
        var told = new List<(string File, string Why)>();

        var count = Profiles.Merge([first, .. others.Select(other => folder.File(other.Name))], output, new() { LeftOut = (file, why) => told.Add((file, why.Message)) });

        Assert.That(count, Is.EqualTo(1 + others.Count(other => other.IsWall)));
        Assert.That(told.Select(one => one.File), Is.EqualTo(others.Where(other => !other.IsWall).Select(other => folder.File(other.Name))));
        Assert.That(told.Select(one => one.Why), Has.All.Contains($"cannot be merged with {first}: it records CPU time, not wall time"));

        static ProfileData Large(string clock)
        {
            var tree = new CallTreeBuilder();
            for (var i = 0; i < 200_000; i++)
            {
                tree.Enter(0, calls: i, selfTicks: 1, cumulativeTicks: 1);
                tree.Leave();
            }
            return RandomProfiles.Recording(1) with { Clock = clock, Threads = [new(1, "", tree.Build())] };
        }
    }

    [Test]
    public void A_file_that_has_gone_meanwhile_ends_it_or_is_told()
    {
        var gone = folder.File("gone.prof");
        var told = new List<string>();

        var count = Profiles.Merge([files[0], gone, folder.Location, files[1]], output, new() { LeftOut = (file, _) => told.Add(file) });

        Assert.That(count, Is.EqualTo(2));
        Assert.That(told, Is.EqualTo(new[] { gone, folder.Location }));
        Assert.That(() => Profiles.Merge([files[0], gone], output), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    public void It_can_be_cancelled_and_writes_nothing_then()
    {
        using var cancelling = new CancellationTokenSource();

        Assert.That(() => Profiles.Merge(CancelledAfterTheFirst(), output, cancellation: cancelling.Token), Throws.TypeOf<OperationCanceledException>());
        Assert.That(output, Does.Not.Exist);

        IEnumerable<string> CancelledAfterTheFirst()
        {
            yield return files[0];
            cancelling.Cancel();
            yield return files[1];
        }
    }

    string Write(string name, ProfileData profile)
    {
        ProfFile.Write(profile, folder.File(name));
        return folder.File(name);
    }
}
