namespace ProfilerWeaver.Tests.Merging;

/// <summary>What a merged profile has of its parts, whatever they are and however they were merged.</summary>
public sealed class MergeTests : IDisposable
{
    const int Parts = 12;
    const long InMemory = 1L << 30;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void All_groupings_and_orders_give_the_same_bytes([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var parts = Enumerable.Range(0, Parts).Select(i => RandomProfiles.Recording(seed * 100 + i)).ToList();
        var together = BytesOf(parts, InMemory);

        var groups = parts.ToList();
        while (groups.Count > 1)
        {
            var left = Take(groups, random);
            var right = Take(groups, random);
            groups.Add(Read(BytesOf([left, right], random.Next(2) * InMemory)));
        }
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts));

        Assert.That(BytesOf(groups, InMemory), Is.EqualTo(together), "in pairs");
        Assert.That(BytesOf(parts, mostBytes: 0), Is.EqualTo(together), "in another order, by way of the disk");
    }

    [Test]
    public void Parts_that_several_threads_add_at_once_give_the_same_bytes([Range(1, 10)] int seed, [Values(InMemory, 40_000, 0)] long mostBytes)
    {
        const int Threads = 4;
        var label = seed % 2 == 0 ? ScopeName.Parse("merged version=1") : null;
        var parts = Enumerable.Range(0, 4 * Parts).Select(i => RandomProfiles.Recording(seed * 100 + i)).ToList();
        parts.Add(Read(BytesOf(parts.GetRange(0, Parts), InMemory)));
        var alone = BytesOf(parts, InMemory, label);
        using var merge = new ProfileMerge(mostBytes);
        using var together = new Barrier(Threads);

        Task.WaitAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            for (var i = thread; i < parts.Count; i += Threads)
                merge.Add(parts[i], label);
        }, TaskCreationOptions.LongRunning)));

        using var output = new MemoryStream();
        ProfFile.Write(merge, output);
        Assert.That(output.ToArray(), Is.EqualTo(alone));
    }

    [Test]
    public void Each_context_has_the_sums_of_its_parts_and_says_in_how_many_it_is([Range(1, 10)] int seed)
    {
        var parts = Enumerable.Range(0, Parts).Select(i => RandomProfiles.Recording(seed * 100 + i)).ToList();

        var merged = Contexts(Read(BytesOf(parts, seed % 2 * InMemory)));

        var each = parts.ConvertAll(Contexts);
        Assert.That(merged.Keys, Is.EquivalentTo(each.SelectMany(contexts => contexts.Keys).Distinct()));
        foreach (var (path, sum) in merged)
        {
            var having = each.Where(contexts => contexts.ContainsKey(path)).Select(contexts => contexts[path]).ToList();
            // A tick of the parts is a microsecond.
            Assert.That(sum.Calls, Is.EqualTo(having.Sum(one => one.Calls)), path);
            Assert.That(sum.Resumes, Is.EqualTo(having.Sum(one => one.Resumes)), path);
            Assert.That(sum.SelfTicks, Is.EqualTo(1000 * having.Sum(one => one.SelfTicks)), path);
            Assert.That(sum.CumulativeTicks, Is.EqualTo(1000 * having.Sum(one => one.CumulativeTicks)), path);
            Assert.That(sum.SlowestTicks, Is.EqualTo(1000 * having.Max(one => one.SlowestTicks)), path);
            Assert.That(sum.SpelledOccurrence, Is.EqualTo(new Occurrence(having.Count, having.Min(one => one.Calls), having.Max(one => one.Calls))), path);
        }
    }

    [Test]
    public void Times_that_cannot_be_added_stay_the_longest_possible()
    {
        var parts = Enumerable.Range(1, 3).Select(RandomProfiles.Recording)
            .Select(part => part with { Duration = TimeSpan.MaxValue, JitTime = TimeSpan.MinValue }).ToList();

        var merged = Read(BytesOf(parts, InMemory));

        Assert.That((merged.Duration, merged.JitTime), Is.EqualTo((TimeSpan.MaxValue, TimeSpan.MinValue)));
    }

    [Test]
    public void Each_method_says_in_how_many_parts_it_is([Range(1, 10)] int seed)
    {
        var parts = Enumerable.Range(0, Parts).Select(i => RandomProfiles.Recording(seed * 100 + i)).ToList();
        var groups = parts.Chunk(5).Select(group => Read(BytesOf(group, InMemory))).ToList();

        var merged = Read(BytesOf(groups, InMemory));

        var each = parts.ConvertAll(part => CallsOf(part));
        Assert.That(merged.Methods.Zip(merged.MethodOccurrences!), Is.EquivalentTo(each.SelectMany(calls => calls.Keys).Distinct().Select(method =>
        {
            var having = each.Where(calls => calls.ContainsKey(method)).Select(calls => calls[method]).ToList();
            return (method, new Occurrence(having.Count, having.Min(), having.Max()));
        })));
        var rows = new Stats(merged).ToDictionary(row => row.Label, row => row.Figures);
        Assert.That(merged.Methods.Zip(merged.MethodOccurrences!).Where(pair => rows.ContainsKey(pair.First)),
            Has.All.Matches<(MethodLabel Method, Occurrence Occurrence)>(pair => rows[pair.Method].Occurrence == pair.Occurrence));
    }

    [Test]
    public void To_label_what_was_merged_is_to_merge_what_was_labelled()
    {
        var label = ScopeName.Parse("merged version=1");
        var parts = Enumerable.Range(1, 3).Select(RandomProfiles.Recording).ToList();
        ProfileData Labelled(params ProfileData[] labelled)
        {
            using var merge = new ProfileMerge(InMemory);
            foreach (var part in labelled)
                merge.Add(part, label);
            return merge.ToData();
        }

        var labelled = BytesOf([Labelled(Read(BytesOf(parts, InMemory)))], InMemory);

        Assert.That(labelled, Is.EqualTo(BytesOf([.. parts.Select(part => Labelled(part))], InMemory)));
        var twice = Labelled(Read(labelled));
        Assert.That(twice.MethodOccurrences![twice.Methods.ToList().FindIndex(method => ScopeName.Is(method))], Is.EqualTo(new Occurrence(3, 2, 2)));
    }

    [Test]
    public void In_how_many_parts_it_is_is_not_claimed_where_it_is_not_known()
    {
        var merged = Read(BytesOf([RandomProfiles.Recording(1), RandomProfiles.Recording(2)], InMemory));

        Assert.That(new Stats(merged).Contexts.Select(context => context.Figures.Profiles), Has.All.InRange(1, 2));
        Assert.That(new Stats(RandomProfiles.Recording(1)).Select(row => row.Figures.Profiles), Has.All.Zero);
        Assert.That(new Stats(merged).Add(RandomProfiles.Recording(3)).Contexts.Select(context => context.Figures.Profiles), Has.All.Zero);
        var same = merged with { Methods = [.. merged.Methods.Select(_ => new MethodLabel("a.cs", 1, "A"))] };
        Assert.That(new Stats(same).Single().Figures.Profiles, Is.Zero);
        Assert.That(Read(BytesOf([merged with { MethodOccurrences = null }, RandomProfiles.Recording(1)], InMemory)).MethodOccurrences, Is.Null);
    }

    [Test]
    public void The_table_is_the_sum_of_the_tables()
    {
        // Where several methods have a label, the tables of the parts do not know that they are recursive.
        var parts = Enumerable.Range(0, Parts).Select(RandomProfiles.Recording).Select(part => part with
        {
            Methods = [.. part.Methods.Select((label, i) => label with { Name = $"{label.Name}{i}" })],
        }).ToList();

        var merged = Read(BytesOf(parts, InMemory));

        var sum = new Stats(parts[0]);
        parts.Skip(1).ToList().ForEach(part => sum.Add(part));
        Assert.That(FlatProfile.From(merged).Select(Text), Is.EquivalentTo(sum.Rows.Select(Text)));

        static string Text(MethodStats row) => FormattableString.Invariant(
            $"{row.Label} {row.Calls}/{row.PrimitiveCalls} {row.TotalTime:F6} {row.CumulativeTime:F6} {string.Join(", ", row.Callers
                .OrderBy(caller => caller.Key).Select(caller => FormattableString.Invariant($"{caller.Key} {caller.Value.Calls}")))}");
    }

    [Test]
    public void The_facts_are_sums_and_what_all_have_in_common()
    {
        var first = RandomProfiles.Recording(1) with
        {
            Program = "Shop",
            Clock = "wall (stopwatch)",
            StartedUtc = new(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc),
            Duration = TimeSpan.FromSeconds(2),
            Environment = [new("os", "Linux"), new("machine", "a")],
        };
        var second = first with
        {
            StartedUtc = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            Duration = TimeSpan.FromSeconds(3),
            InterruptedCalls = 4,
            Environment = [new("machine", "b"), new("os", "Linux")],
        };

        var merged = Read(BytesOf([first, second, second], InMemory));

        Assert.That((merged.Program, merged.Clock, merged.StartedUtc, merged.Duration, merged.InterruptedCalls),
            Is.EqualTo(("Shop", "wall (stopwatch)", second.StartedUtc, TimeSpan.FromSeconds(8), 8)));
        Assert.That(merged.Environment, Is.EqualTo(new KeyValuePair<string, string>[] { new("os", "Linux"), new("merged profiles", "3") }));
    }

    [Test]
    public void A_label_is_a_scope_that_selects_what_has_it()
    {
        var (old, current) = (RandomProfiles.Recording(1), RandomProfiles.Recording(2));
        using var merge = new ProfileMerge(InMemory);
        merge.Add(old, ScopeName.Parse("merged version=1"));
        merge.Add(current, ScopeName.Parse("merged version=2"));

        var selected = merge.ToData().WithinScopes(scope => scope.Pairs.Contains(new("version", "2")));

        var calls = FlatProfile.From(current).ToDictionary(row => row.Label, row => row.Calls);
        Assert.That(FlatProfile.From(selected).Where(row => !ScopeName.Is(row.Label)).ToDictionary(row => row.Label, row => row.Calls), Is.EquivalentTo(calls));
    }

    [Test]
    public void A_label_has_the_time_of_all_that_lies_below_it([Values(1e-9, 1 / 2.9e9)] double secondsPerTick)
    {
        var tree = new TreeBuilder();
        var (outer, inner) = (tree.Method("Outer"), tree.Method("Inner"));
        for (var i = 0; i < 3; i++)
        {
            tree.Call(outer, () =>
            {
                tree.Now += 1001;
                tree.Call(inner, () => tree.Now += 333);
            });
            tree.NextThread();
        }
        var part = tree.Build(secondsPerTick);
        using var merge = new ProfileMerge(InMemory);
        merge.Add(part, ScopeName.Parse("merged version=1"));
        merge.Add(part, ScopeName.Parse("merged version=2"));

        var scopes = merge.ToData().Threads.Single().Tree.Root.Children.ToList();

        Assert.That(scopes, Has.Count.EqualTo(2));
        Assert.That(scopes, Has.All.Matches<CallNode>(scope => scope.CumulativeTicks > 0 && scope.CumulativeTicks == scope.Children.Single().CumulativeTicks));
    }

    [Test]
    public void A_profile_without_threads_adds_nothing_but_facts([Values(InMemory, 0)] long mostBytes, [Values] bool isLabelled)
    {
        var label = isLabelled ? ScopeName.Parse("merged version=1") : null;
        var empty = RandomProfiles.Recording(1) with { Threads = [], Duration = TimeSpan.FromSeconds(1) };
        var called = RandomProfiles.Recording(2);
        using var merge = new ProfileMerge(mostBytes);
        merge.Add(empty, label);

        Assert.That(() => ProfFile.Write(merge, new MemoryStream()), Throws.TypeOf<EmptyProfileException>());
        merge.Add(called, label);
        merge.Add(empty, label);

        using var alone = new ProfileMerge(mostBytes);
        alone.Add(called, label);
        var (merged, expected) = (merge.ToData(), alone.ToData());
        Assert.That(merged.Duration, Is.EqualTo(called.Duration + TimeSpan.FromSeconds(2)));
        Assert.That(FlatProfile.From(merged).Select(row => $"{row.Label} {row.Figures}"), Is.EqualTo(FlatProfile.From(expected).Select(row => $"{row.Label} {row.Figures}")));
        Assert.That(merged.MethodOccurrences, Is.EqualTo(expected.MethodOccurrences));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There it is deleted when the process ends.")]
    public void What_goes_to_disk_has_no_name_that_could_be_left_behind()
    {
        using var merge = new ProfileMerge(mostBytes: 0);
        merge.Add(RandomProfiles.Recording(1));
        merge.Add(RandomProfiles.Recording(2));

        // Those of other tests have one for a moment.
        Assert.That(() => Directory.GetFileSystemEntries(Path.GetTempPath(), "ProfilerWeaver.merge.*"), Is.Empty.After(5000, 20));
        Assert.That(merge.ToData().Threads.Single().Tree.Count, Is.GreaterThan(1));
    }

    [TestCase(ClockUnit.Bytes, "allocations", "it records allocated bytes, not wall time")]
    [TestCase(ClockUnit.None, "none", "it records only calls, not wall time")]
    [TestCase(ClockUnit.Seconds, "thread CPU", "it records CPU time, not wall time")]
    [TestCase(ClockUnit.Seconds, "sampled", "it records sampled wall time, not wall time")]
    public void What_records_something_else_is_refused(ClockUnit unit, string clock, string message)
    {
        using var merge = new ProfileMerge(InMemory);
        merge.Add(RandomProfiles.Recording(1) with { Clock = "wall (stopwatch)" });

        Assert.That(() => merge.Add(RandomProfiles.Recording(2) with { Unit = unit, Clock = clock }),
            Throws.InvalidOperationException.With.Message.EqualTo(message + "; only profiles of the same kind can be merged"));
    }

    [TestCase("wall (stopwatch)", "wall (time-stamp counter)", "wall")]
    [TestCase("wall", "wall (time-stamp counter), unsteady", "wall, unsteady")]
    [TestCase("", "thread CPU", "thread CPU")]
    public void Clocks_of_one_kind_are_one(string one, string other, string common)
    {
        var profiles = new[] { one, other }.Select(clock => RandomProfiles.Recording(1) with { Clock = clock }).ToArray();

        Assert.That(Read(BytesOf(profiles, InMemory)).Clock, Is.EqualTo(common));
        Assert.That(Read(BytesOf([.. profiles.Reverse(), profiles[0]], InMemory)).Clock, Is.EqualTo(common));
    }

    [Test]
    public void A_method_that_no_context_calls_is_left_out()
    {
        var part = RandomProfiles.Recording(1);
        var uncalled = new MethodLabel("Never.cs", 1, "Never");

        var merged = BytesOf([part with { Methods = [.. part.Methods, uncalled] }, RandomProfiles.Recording(2)], InMemory);

        Assert.That(merged, Is.EqualTo(BytesOf([part, RandomProfiles.Recording(2)], InMemory)));
    }

    [Test]
    public void Truncated_calls_are_merged_too()
    {
        var part = RandomProfiles.Recording(1);
        var truncated = new CallTreeBuilder();
        truncated.Enter(0, calls: 3, selfTicks: 5, cumulativeTicks: 7);
        truncated.Leave();
        part = part with { Threads = [part.Threads[0] with { Truncated = truncated.Build() }] };

        var merged = Read(BytesOf([part, RandomProfiles.Recording(2), part], mostBytes: 0));

        var method = merged.Threads.Single().Truncated!.Root.Children.Single();
        Assert.That((merged.Methods[method.Method], method.Calls, method.SelfTicks, method.CumulativeTicks),
            Is.EqualTo((part.Methods[0], 6, 10_000, 14_000)));
    }

    [Test]
    public void A_path_may_be_as_long_as_a_recursion_is_deep()
    {
        var deep = new CallTreeBuilder();
        for (var i = 0; i < 100_000; i++)
            deep.Enter(i % 2, calls: 1, selfTicks: 1, cumulativeTicks: 100_000 - i);
        for (var i = 0; i < 100_000; i++)
            deep.Leave();
        var part = RandomProfiles.Recording(1) with
        {
            Methods = [new("a.cs", 1, "A"), new("a.cs", 2, "B")],
            Threads = [new(1, "", deep.Build())],
        };

        var merged = Read(BytesOf([part, part], mostBytes: 0));

        Assert.That(FlatProfile.From(merged).Select(row => row.Calls), Is.EqualTo(new[] { 100_000, 100_000 }));
    }

    static Dictionary<MethodLabel, long> CallsOf(ProfileData profile)
    {
        var calls = new Dictionary<MethodLabel, long>();
        foreach (var thread in profile.Threads)
        {
            for (var context = 1; context < thread.Tree.Count; context++)
            {
                var method = LabelSanitizer.Sanitize(profile.Methods[thread.Tree[context].Method]);
                calls[method] = calls.GetValueOrDefault(method) + thread.Tree[context].Calls;
            }
        }
        return calls;
    }

    static ProfileData Take(List<ProfileData> from, Random random)
    {
        var index = random.Next(from.Count);
        var taken = from[index];
        from.RemoveAt(index);
        return taken;
    }

    static Dictionary<string, ContextFigures> Contexts(ProfileData profile)
    {
        var contexts = new Dictionary<string, ContextFigures>();
        foreach (var thread in profile.Threads)
            thread.Tree.Visit(new PathVisitor(profile.Methods, contexts));
        return contexts;
    }

    byte[] BytesOf(IReadOnlyList<ProfileData> parts, long mostBytes, ScopeName? label = null)
    {
        var path = folder.File("merged.prof");
        using var merge = new ProfileMerge(mostBytes);
        foreach (var part in parts)
            merge.Add(part, label);
        ProfFile.Write(merge, path);
        return File.ReadAllBytes(path);
    }

    static ProfileData Read(byte[] bytes) => ProfFile.Read(new MemoryStream(bytes)).Recording!;

    /// <summary>Notes the figures of each context by its path; those of several threads are added.</summary>
    sealed class PathVisitor(IReadOnlyList<MethodLabel> methods, Dictionary<string, ContextFigures> contexts) : ContextSink
    {
        readonly Stack<string> path = new();

        public override void Enter(int method, in ContextFigures figures)
        {
            path.Push(method < 0 ? "" : $"{path.Peek()} > {LabelSanitizer.Sanitize(methods[method])}");
            if (method < 0)
                return;
            contexts.TryGetValue(path.Peek(), out var sum);
            var occurrence = figures.Occurrence;
            sum.Add(figures);
            contexts[path.Peek()] = sum with { Occurrence = occurrence };
        }

        public override void Leave() => path.Pop();
    }
}
