namespace ProfilerWeaver.Tests;

sealed class ProfFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void A_recording_comes_back_as_it_was([Range(0, 9)] int seed)
    {
        var original = RandomProfiles.Recording(seed);

        var (rows, recording) = ProfFile.Read(Encode(original));

        Assert.That(rows.Select(Text), Is.EqualTo(FlatProfile.From(original).Select(Text)));
        Assert.That(Describe(recording!), Is.EqualTo(Describe(original)));

        static string Text(MethodStats row) => TableText.Of([row]);
    }

    [Test]
    public void Equal_recordings_make_equal_files()
    {
        var first = Encode(RandomProfiles.Recording(1)).ToArray();
        var second = Encode(RandomProfiles.Recording(1)).ToArray();

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void A_tree_of_any_depth_is_written_and_read()
    {
        const int depth = 100_000;
        var node = new TestNode { Method = 0, Calls = 1, SelfTicks = 1, CumulativeTicks = 1 };
        for (var i = 2; i <= depth; i++)
            node = new TestNode { Method = 0, Calls = 1, SelfTicks = 1, CumulativeTicks = i, Children = [node] };

        var (rows, recording) = ProfFile.Read(Encode(Recording(new MethodLabel("a.cs", 1, "deep"), node)));

        Assert.That(rows.Single().Figures, Is.EqualTo(new Figures(depth, 1, depth, depth)));
        Assert.That(TreeSteps.DepthOf(recording!.Threads.Single().Tree), Is.EqualTo(depth));
    }

    [Test]
    public void Nothing_recorded_is_said_and_no_file_is_made()
    {
        var file = folder.File("empty.prof");
        var nothing = new TreeBuilder().Build();

        Assert.That(() => ProfFile.Write(nothing, file), Throws.TypeOf<EmptyProfileException>());
        Assert.That(() => ProfFile.WriteRows([], file), Throws.TypeOf<EmptyProfileException>());
        Assert.That(Directory.GetFiles(folder.Location), Is.Empty);
    }

    [Test]
    public void Harmful_names_are_made_harmless()
    {
        var label = new MethodLabel("a\nb.cs", -3, "x\0\u2028\x7F</Script\uD800>\u0085");

        var (rows, recording) = ProfFile.Read(Encode(Recording(label)));

        var expected = new MethodLabel(@"a\u000Ab.cs", 0, @"x\u0000\u2028\u007F<\/Script" + "\uFFFD" + @">\u0085");
        Assert.That(rows.Single().Label, Is.EqualTo(expected));
        Assert.That(recording!.Methods, Is.EqualTo([expected]));
    }

    [Test]
    public void Unusual_names_that_harm_nobody_stay()
    {
        var label = new MethodLabel("C:/日本/𝒳.cs", 3, "Map<K, V>.operator <(in T) é");

        Assert.That(ProfFile.Read(Encode(Recording(label))).Rows.Single().Label, Is.EqualTo(label));
    }

    [Test]
    public void Times_are_never_negative()
    {
        var node = new TestNode { Method = 0, Calls = 1, SelfTicks = -5, CumulativeTicks = -5 };

        var row = ProfFile.Read(Encode(Recording(new MethodLabel("a.cs", 1, "f"), node))).Rows.Single();

        Assert.That(row.Figures, Is.EqualTo(new Figures(1, 1, 0, 0)));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(-1)]
    public void A_tick_of_impossible_length_is_refused(double secondsPerTick)
    {
        var tree = new TreeBuilder();
        tree.Call(tree.Method("f"), () => { });

        Assert.That(() => Encode(tree.Build(secondsPerTick)), Throws.ArgumentException);
    }

    [Test]
    public void Every_caller_is_a_row_itself([Range(0, 20)] int seed)
    {
        var rows = ProfFile.Read(Encode(RandomProfiles.Recording(seed))).Rows;

        var callers = rows.SelectMany(row => row.Callers).Select(caller => caller.Key).Distinct();
        Assert.That(callers, Is.SubsetOf(rows.Select(row => row.Label)));
    }

    [Test]
    public void An_existing_file_is_replaced_and_nothing_else_is_left()
    {
        var file = folder.File("app.prof");
        File.WriteAllText(file, "old");

        ProfFile.Write(RandomProfiles.Recording(1), file);

        Assert.That(ProfFile.Read(file).Recording, Is.Not.Null);
        Assert.That(Directory.GetFiles(folder.Location), Is.EqualTo([file]));
    }

    [Test]
    public void A_failed_write_names_the_file_and_leaves_the_folder_as_it_was()
    {
        var taken = folder.File("taken.prof");
        Directory.CreateDirectory(taken);
        var missing = folder.File("missing/app.prof");

        foreach (var file in new[] { taken, missing })
        {
            Assert.That(() => ProfFile.Write(RandomProfiles.Recording(1), file),
                Throws.InstanceOf<IOException>().With.Message.Contains(file));
        }
        Assert.That(Directory.GetFileSystemEntries(folder.Location), Is.EqualTo([taken]));
    }

    [Test]
    public void A_write_that_fails_half_way_leaves_the_old_file()
    {
        var file = folder.File("app.prof");
        File.WriteAllText(file, "old");

        Assert.That(
            () => AtomicFile.Write(file, stream =>
            {
                stream.WriteByte(1);
                throw new IOException("disk full");
            }),
            Throws.InstanceOf<IOException>().With.Message.Contains("disk full"));

        Assert.That(File.ReadAllText(file), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(folder.Location), Is.EqualTo([file]));
    }

    [Test]
    public void A_file_that_cannot_be_written_is_named_as_it_was_given()
    {
        var file = folder.File("missing/app.prof");

        Assert.That(() => AtomicFile.Write(file, _ => { }), Throws.InstanceOf<IOException>().With.Message.Contains(file).And.Message.Not.Contains(".tmp"));
        Assert.That(() => AtomicFile.Check(file), Throws.InstanceOf<IOException>().With.Message.Contains(file).And.Message.Not.Contains(".tmp"));
    }

    [TestCase("app.prof")]
    [TestCase("no.extension/")]
    [TestCase("\u00FC")]
    public void H8_What_a_process_has_not_finished_writing_is_told_from_all_other_files(string name)
    {
        var file = folder.File(name == "\u00FC" ? new string('\u00FC', 127) : name.TrimEnd('/'));
        var half = "";
        AtomicFile.Write(file, _ => half = Directory.GetFiles(folder.Location).Single());
        var other = half.Replace($"-{Environment.ProcessId}-", $"-{Environment.ProcessId + 1}-", StringComparison.Ordinal);
        string[] kept = [file, other, half.Replace(".tmp", "x.tmp", StringComparison.Ordinal), half.Replace(".tmp", "", StringComparison.Ordinal)];
        foreach (var left in kept.Append(half))
            File.WriteAllText(left, "");

        AtomicFile.RemoveUnfinished(file, Environment.ProcessId);

        Assert.That(Directory.GetFiles(folder.Location), Is.EquivalentTo(kept));
    }

    [Test]
    [Platform("Linux, MacOSX")]
    public void Where_a_link_points_to_is_written_and_devices_are_not_replaced()
    {
        var (target, link) = (folder.File("target.prof"), folder.File("link.prof"));
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);

        ProfFile.Write(RandomProfiles.Recording(1), link);
        ProfFile.Write(RandomProfiles.Recording(1), "/dev/null");

        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(target));
        Assert.That(ProfFile.Read(target).Recording, Is.Not.Null);
        Assert.That(File.ReadAllBytes("/dev/null"), Is.Empty);
    }

    [Test]
    public void What_follows_the_table_in_files_of_others_is_not_looked_at()
    {
        using var stream = new MemoryStream();
        ProfFile.WriteRows([.. RandomProfiles.Rows(3)], stream);
        stream.Write("something else"u8);

        var (rows, recording) = ProfFile.Read(new MemoryStream(stream.ToArray()));

        Assert.That(rows, Has.Count.EqualTo(RandomProfiles.Rows(3).Count));
        Assert.That(recording, Is.Null);
    }

    static MemoryStream Encode(ProfileData profile)
    {
        var stream = new MemoryStream();
        ProfFile.Write(profile, stream);
        stream.Position = 0;
        return stream;
    }

    static ProfileData Recording(MethodLabel label, TestNode? node = null) => new()
    {
        Methods = [label],
        Threads =
        [
            new ThreadTree(1, "", new TestNode { Method = -1, Children = [node ?? new TestNode { Calls = 1 }] }.ToTree()),
        ],
        SecondsPerTick = 1,
    };

    static string Describe(ProfileData profile)
    {
        var lines = new List<string>
        {
            $"{profile.Clock} {profile.Program} {profile.StartedUtc:O} {profile.StartedUtc.Kind} {profile.Duration} "
                + $"{profile.SecondsPerTick:R} {string.Join(", ", profile.Methods.Select(label => (label, label.Assembly, label.Type, label.Kind)))}",
        };
        foreach (var thread in profile.Threads)
        {
            lines.Add($"thread {thread.Id} '{thread.Name}'");
            lines.Add(TreeSteps.Of(thread.Tree));
            for (var i = 0; i < thread.Tree.Count; i++)
            {
                var node = thread.Tree[i];
                lines.Add($"{node.Method} {node.Calls} {node.RecursiveCalls} {node.Resumes} {node.SelfTicks} "
                    + $"{node.CumulativeTicks} {node.TruncatedCalls}");
            }
        }
        return string.Join('\n', lines);
    }
}
