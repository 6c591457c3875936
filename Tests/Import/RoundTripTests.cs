namespace ProfilerWeaver.Tests.Import;

using ProfilerWeaver.Tests.Export;

/// <summary>What is exported and imported again is the same profile, as far as the format can hold it.</summary>
sealed class RoundTripTests
{
    static ProfileData Profile(int seed) => Anew(RandomProfiles.Recording(seed));

    [Test]
    public void Pprof_keeps_the_trees_of_all_threads([Range(0, 19)] int seed) => AssertSameTrees(Profile(seed), new PprofWriter());

    [Test]
    public void Speedscope_keeps_the_trees_of_all_threads([Range(0, 19)] int seed) => AssertSameTrees(Profile(seed), new SpeedscopeWriter());

    [Test]
    public void Cpuprofile_keeps_the_trees_of_all_threads_but_resumes([Range(0, 19)] int seed) =>
        AssertSameTrees(Profile(seed), new CpuProfileWriter(), hasResumes: false);

    [Test]
    public void Collapsed_keeps_the_times_of_stacks_by_name([Range(0, 19)] int seed)
    {
        var profile = Profile(seed);
        var again = Again(profile, new CollapsedWriter());

        Assert.That(again.Recording!.Unit, Is.EqualTo(ClockUnit.Samples));
        Assert.That(Stacks([.. again.Recording.Threads], again.Recording.Methods), Is.EqualTo(Stacks([.. profile.Threads], profile.Methods)));

        static Dictionary<string, long> Stacks(ThreadTree[] threads, IReadOnlyList<MethodLabel> methods) =>
            threads.SelectMany(thread => Lines(thread.Tree, methods, label => NameLookup.BareName(label)))
                .Where(line => line.Figures.SelfTicks > 0).GroupBy(line => line.Path)
                .ToDictionary(same => same.Key, same => same.Sum(line => line.Figures.SelfTicks));
    }

    [Test]
    public void Callgrind_keeps_calls_own_times_and_the_calls_of_each_edge([Range(0, 19)] int seed)
    {
        var profile = Profile(seed);
        var rows = FlatProfile.From(profile);

        var again = Again(profile, new CallgrindWriter());

        Assert.That(again.Rows.Select(Text), Is.EquivalentTo(rows.Select(Text)));

        static string Text(MethodStats row) => $"{row.Label}: {row.Calls} {row.TotalTime:F9} "
            + string.Join(", ", row.Callers.Where(caller => caller.Value.Calls > 0).OrderBy(caller => caller.Key).Select(caller => $"{caller.Key} {caller.Value.Calls}"));
    }

    [TestCase(ClockUnit.Bytes)]
    [TestCase(ClockUnit.None)]
    [TestCase(ClockUnit.Samples)]
    public void What_is_counted_is_kept(ClockUnit unit)
    {
        var profile = Profile(1) with { Unit = unit, SecondsPerTick = unit == ClockUnit.None ? 0 : 1 };

        foreach (var writer in (IProfileWriter[])[new PprofWriter(), new SpeedscopeWriter()])
        {
            var again = Again(profile, writer);

            Assert.That(again.Unit, Is.EqualTo(unit), writer.GetType().Name);
            Assert.That(new Stats(again.Recording!).TotalTime, Is.EqualTo(new Stats(profile).TotalTime), writer.GetType().Name);
            Assert.That(new Stats(again.Recording!).TotalCalls, Is.EqualTo(new Stats(profile).TotalCalls), writer.GetType().Name);
        }
    }

    [Test]
    public void Numbers_of_the_threads_and_their_names_are_kept()
    {
        var profile = Profile(3) with { };
        var threads = profile.Threads.Select((thread, i) => thread with { Id = 7 + i, Name = i == 0 ? "" : $"Pool (a;b) {i}" }).ToArray();

        var again = Again(profile with { Threads = threads }, new PprofWriter());

        Assert.That(again.Recording!.Threads.Select(thread => (thread.Id, thread.Name)),
            Is.EqualTo(threads.Where(thread => thread.Tree.Count > 1).Select(thread => (thread.Id, thread.Name))));
    }

    static void AssertSameTrees(ProfileData profile, IProfileWriter writer, bool hasResumes = true)
    {
        var again = Again(profile, writer).Recording!;

        Assert.That(again.SecondsPerTick, Is.EqualTo(1e-9));
        Assert.That(Text(again), Is.EqualTo(Text(profile)));

        string Text(ProfileData data) => string.Join('\n', data.Threads.Where(thread => thread.Tree.Count > 1).SelectMany(thread =>
            Lines(thread.Tree, data.Methods, label => label.IsExternal ? label.Name : label.ToString())
                .Where(line => line.Figures.Calls > 0 || line.Figures.SelfTicks > 0 || hasResumes && line.Figures.Resumes > 0)
                .Select(line => $"{thread.Id} {thread.Name} {line.Path}: {line.Figures.Calls} {line.Figures.SelfTicks} "
                    + $"{(hasResumes ? line.Figures.Resumes : 0)}")
                .Order(StringComparer.Ordinal)));
    }

    /// <summary>Whole nanoseconds, no negative time, and labels that every format can hold.</summary>
    static ProfileData Anew(ProfileData profile) => profile with
    {
        SecondsPerTick = 1e-9,
        Methods = [.. profile.Methods.Select((label, i) => label.IsExternal || label.File == "~"
            ? MethodLabel.External($"Out.Side{i}") : label with { Name = $"{label.Name.Trim('<', '>')}{i}", Line = Math.Max(1, label.Line) })],
    };

    static ForeignContent Again(ProfileData profile, IProfileWriter writer) =>
        ForeignProfile.ReadAny("exported", Exported.Bytes(profile, writer))!;

    static List<(string Path, CallNode Figures)> Lines(CallTree tree, IReadOnlyList<MethodLabel> methods, Func<MethodLabel, string> name)
    {
        var lines = new List<(string, CallNode)>();
        var pending = new Stack<(CallNode Node, string Path)>(tree.Root.Children.Select(child => (child, "")));
        while (pending.TryPop(out var next))
        {
            var path = next.Path + "/" + name(methods[next.Node.Method]);
            lines.Add((path, next.Node));
            foreach (var child in next.Node.Children)
                pending.Push((child, path));
        }
        return lines;
    }
}
