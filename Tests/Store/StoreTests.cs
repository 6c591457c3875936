using System.Text.Json.Nodes;

namespace ProfilerWeaver.Tests.Store;

/// <summary>What is added to a store is there once and whole, whatever happens meanwhile.</summary>
public sealed class StoreTests : IDisposable
{
    const string All = "select (select count(*) from profiles), (select count(*) from methods), count(*), sum(calls), sum(self_ns) from contexts";

    readonly StoreTool tool = new();

    public void Dispose() => tool.Dispose();

    [Test]
    public void A_profile_that_is_added_twice_is_there_once()
    {
        Write(1, 2, 3);
        File.Copy(tool["1.prof"], tool["copy.prof"]);
        Directory.CreateDirectory(tool["more"]);
        File.Move(tool["3.prof"], tool["more/3.prof"]);

        Assert.That(tool.Add(tool["1.prof"], tool["2.prof"]), Is.EqualTo("dotnet-prof-store: added 2 of 2 profiles.\n"));
        var once = tool.Query(All);
        Assert.That(tool.Add(tool["copy.prof"], tool["2.prof"], "--service", "other"),
            Is.EqualTo("dotnet-prof-store: added 0 of 2 profiles; 2 were there already.\n"));
        Assert.That(tool.Query(All), Is.EqualTo(once));
        Assert.That(tool.Add(tool["more"]), Is.EqualTo("dotnet-prof-store: added 1 of 1 profiles.\n"), "a folder");
    }

    [Test]
    public async Task Several_processes_may_add_at_the_same_time()
    {
        Write(1, 2, 3, 4);

        await Task.WhenAll(Enumerable.Range(1, 3).Select(i => Task.Run(() => tool.Add(tool[$"{i}.prof"], tool[$"{i + 1}.prof"]))));

        Assert.That(tool.Query("select count(*), count(distinct profile_id) from profiles"), Is.EqualTo(new[] { "4 4" }));
    }

    // As another process has it for a moment, which makes the same store.
    [Test]
    public void A_store_that_is_being_made_is_no_other_folder()
    {
        Write(1);
        Directory.CreateDirectory(tool.Store);
        File.WriteAllText(Path.Combine(tool.Store, "profilerweaver.lock"), "");
        string[] added = [];
        AtomicFile.Write(tool.Manifest, _ =>
        {
            tool.Add(tool["1.prof"]);
            added = tool.Query("select count(*) from profiles");
        });

        Assert.That(added, Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void Service_day_and_labels_are_those_of_the_profile_and_of_the_options()
    {
        var profile = RandomProfiles.Recording(1) with { Program = "Shop", Environment = [new("machine", "a"), new("program version", "1.0")] };
        tool.Write("1.prof", profile with { StartedUtc = new(2026, 1, 2, 23, 59, 59, DateTimeKind.Utc) });
        tool.Write("2.prof", profile with { StartedUtc = new(2026, 1, 3, 0, 0, 0, DateTimeKind.Utc), Environment = [] });
        tool.Write("3.prof", profile with { StartedUtc = new(2026, 1, 4, 0, 0, 0, DateTimeKind.Utc) });

        tool.Add(tool["1.prof"], "--label", "version=1.4", "--label", "pod=x=y");
        tool.Add(tool["2.prof"], "--service", "a/b 'c'%*");
        tool.Add(tool["3.prof"], "--label", "service=labelled");

        Assert.That(tool.Query("select service, day, version, labels['machine'], labels['pod'], started_at from profiles order by day"), Is.EqualTo(new[]
        {
            "Shop 2026-01-02 1.4 a x=y 2026-01-02T23:59:59.000000",
            "a/b 'c'%* 2026-01-03    2026-01-03T00:00:00.000000",
            "labelled 2026-01-04 1.0 a  2026-01-04T00:00:00.000000",
        }));
        Assert.That(tool.Query("select count(*) from contexts where service = 'Shop' and day = date '2026-01-02'").Single(), Is.Not.EqualTo("0"));
    }

    [Test]
    public void Compacting_changes_nothing_but_the_number_of_files()
    {
        Write(1, 2, 3);
        tool.Add(tool["1.prof"]);
        tool.Add(tool["2.prof"]);
        var (before, types) = (tool.Query(All), Types());

        Assert.That(tool.Run("compact", "--store", tool.Store).Errors, Is.EqualTo("dotnet-prof-store: 6 files are 3 now.\n"));
        Assert.That(tool.Query(All), Is.EqualTo(before));
        Assert.That(Types(), Is.EqualTo(types));
        Assert.That(tool.Add(tool["1.prof"]), Does.Contain("1 were there already"));
        tool.Add(tool["3.prof"]);
        var three = tool.Query(All);
        Assert.That(tool.Run("compact", "--store", tool.Store).Errors, Is.EqualTo("dotnet-prof-store: 6 files are 3 now.\n"));
        Assert.That(tool.Query(All), Is.EqualTo(three));
        Assert.That(Parquet(), Has.Length.EqualTo(3));

        string Types() => string.Join('\n', new[] { "profiles", "methods", "contexts" }.SelectMany(table => tool.Query($"describe {table}")));
    }

    [Test]
    public void Eight_additions_become_one_segment_unless_that_is_not_wanted()
    {
        Write([.. Enumerable.Range(1, 9)]);
        for (var i = 1; i < 8; i++)
            tool.Add(tool[$"{i}.prof"]);
        tool.Add("--no-compact", tool["8.prof"]);
        var eight = tool.Query(All);
        Assert.That(Parquet(), Has.Length.EqualTo(24));

        tool.Add(tool["8.prof"]);

        Assert.That(Parquet(), Has.Length.EqualTo(3));
        Assert.That(tool.Query(All), Is.EqualTo(eight));
        tool.Add(tool["9.prof"]);
        Assert.That(Parquet(), Has.Length.EqualTo(6), "the second of the first level");
    }

    [Test]
    public void What_was_not_added_to_its_end_does_not_count_and_can_be_added_again()
    {
        Write(1, 2);
        tool.Add(tool["1.prof"]);
        var (one, before) = (tool.Query(All), File.ReadAllText(tool.Manifest));
        tool.Add(tool["2.prof"]);
        var two = tool.Query(All);
        File.WriteAllText(tool.Manifest, before);

        Assert.That(tool.Query(All), Is.EqualTo(one));
        tool.Add(tool["2.prof"], "--service", "elsewhere");
        Assert.That(tool.Query(All), Is.EqualTo(two));
        Assert.That(Parquet(), Has.Length.EqualTo(9));
        foreach (var file in Parquet())
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        tool.Run("compact", "--store", tool.Store);
        Assert.That(Parquet(), Has.Length.EqualTo(6), "what nobody names is deleted after a day");
        Assert.That(tool.Query(All), Is.EqualTo(two));
    }

    [Test]
    public void A_compaction_that_was_interrupted_is_not_seen_and_is_finished_by_the_next_who_writes()
    {
        Write(1, 2);
        tool.Add(tool["1.prof"]);
        tool.Add(tool["2.prof"]);
        var (all, before) = (tool.Query(All), JsonNode.Parse(File.ReadAllText(tool.Manifest))!);
        var files = Parquet().ToDictionary(file => file, File.ReadAllBytes);
        tool.Run("compact", "--store", tool.Store);
        // As if it had been killed after it had changed the manifest.
        foreach (var (file, content) in files)
            File.WriteAllBytes(file, content);
        var after = JsonNode.Parse(File.ReadAllText(tool.Manifest))!;
        after["replaced"] = before["segments"]!.DeepClone();
        File.WriteAllText(tool.Manifest, after.ToJsonString());

        Assert.That(tool.Query(All), Is.EqualTo(all));
        tool.Add(tool["1.prof"]);

        Assert.That(Parquet(), Has.Length.EqualTo(3));
        Assert.That(JsonNode.Parse(File.ReadAllText(tool.Manifest))!["replaced"]!.AsArray(), Is.Empty);
        Assert.That(tool.Query(All), Is.EqualTo(all));
    }

    [Test]
    public async Task Readers_see_each_row_once_while_others_add_and_compact()
    {
        Write([.. Enumerable.Range(1, 24)]);
        tool.Add(tool["1.prof"]);
        var adding = Task.Run(() =>
        {
            for (var i = 2; i <= 24; i++)
                tool.Add(tool[$"{i}.prof"]);
        });
        var seen = new List<long>();
        while (!adding.IsCompleted)
        {
            var row = tool.Query("select count(*), count(distinct profile_id), (select count(distinct profile_id) from contexts), " +
                "(select max(n) from (select count(*) as n from contexts group by profile_id, path_hash)) from profiles").Single().Split(' ');
            Assert.That(row[1..], Is.EqualTo(new[] { row[0], row[0], "1" }));
            seen.Add(long.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture));
        }
        await adding;

        Assert.That(seen, Is.Ordered);
        Assert.That(tool.Query("select count(*) from profiles"), Is.EqualTo(new[] { "24" }));
    }

    [Test]
    public void Old_days_are_deleted()
    {
        foreach (var age in new[] { 0, 3, 4, 40 })
            tool.Write($"{age}.prof", RandomProfiles.Recording(1) with { StartedUtc = DateTime.UtcNow.AddDays(-age) });
        tool.Add([.. new[] { 0, 3, 4, 40 }.Select(age => tool[$"{age}.prof"])]);

        Assert.That(tool.Run("expire", "--store", tool.Store, "--older-than", "3d").Errors, Does.StartWith("dotnet-prof-store: deleted 2 profiles of days before "));
        Assert.That(tool.Query("select count(*) from profiles"), Is.EqualTo(new[] { "2" }));
        Assert.That(Parquet(), Has.Length.EqualTo(6));
        Assert.That(Directory.GetDirectories(tool.Store, "day=*", SearchOption.AllDirectories), Has.Length.EqualTo(6));
    }

    [Test]
    public void Patterns_are_expanded_and_each_file_is_read_once_under_any_name()
    {
        Directory.CreateDirectory(tool["runs/1/deep"]);
        Write(1, 2);
        File.Move(tool["1.prof"], tool["runs/1/deep/1.prof"]);
        File.Move(tool["2.prof"], tool["runs/2.prof"]);
        File.CreateSymbolicLink(tool["runs/link.prof"], tool["runs/2.prof"]);

        Assert.That(tool.Add(tool["runs/**/*.prof"], "runs/2.prof", tool["runs"], "runs/1"), Is.EqualTo("dotnet-prof-store: added 2 of 2 profiles.\n"));
    }

    [Test]
    public void Files_that_cannot_be_added_are_named_and_left_out_or_end_it()
    {
        Write(1);
        File.WriteAllText(tool["damaged.prof"], "{");
        ProfFile.WriteRows([.. ProfFile.Read(tool["1.prof"]).Rows], tool["table.prof"]);
        tool.Write("bytes.prof", RandomProfiles.Recording(4) with { Unit = ClockUnit.Bytes });
        string[] bad = ["damaged.prof", "table.prof", "bytes.prof", "missing.prof"];

        var said = tool.Add([.. bad.Select(file => tool[file]), tool["1.prof"]]);

        Assert.That(said.Split('\n').SkipLast(2), Has.Exactly(4).StartsWith("dotnet-prof-store: warning: left out: "));
        Assert.That(bad.Where(file => !said.Contains(file, StringComparison.Ordinal)), Is.Empty);
        Assert.That(said, Does.EndWith("added 1 of 5 profiles.\n"));
        Assert.That(bad.Select(file => tool.Run("add", tool[file], "--to", tool.Store, "--strict").ExitCode), Has.All.EqualTo(1));
        Assert.That(tool.Query("select count(*) from profiles"), Is.EqualTo(new[] { "1" }));
    }

    void Write(params int[] seeds)
    {
        foreach (var seed in seeds)
            tool.Write($"{seed}.prof", RandomProfiles.Recording(seed));
    }

    string[] Parquet() => Directory.GetFiles(tool.Store, "*.parquet", SearchOption.AllDirectories);
}
