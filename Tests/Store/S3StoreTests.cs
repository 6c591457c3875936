using System.Text.Json.Nodes;

namespace ProfilerWeaver.Tests.Store;

/// <summary>A store where files can be neither renamed nor locked.</summary>
public sealed class S3StoreTests : IDisposable
{
    const string All = "select (select count(*) from profiles), (select count(*) from methods), count(*), sum(calls), sum(self_ns) from contexts";
    const string Manifest = "store/profilerweaver.store";

    readonly S3Server server = new();
    readonly StoreTool tool;

    public S3StoreTests()
    {
        tool = new(server);
        for (var seed = 1; seed <= 8; seed++)
            tool.Write($"{seed}.prof", RandomProfiles.Recording(seed));
    }

    public void Dispose()
    {
        tool.Dispose();
        server.Dispose();
    }

    [Test]
    public void Compacting_changes_nothing_but_the_number_of_objects()
    {
        tool.Add(tool["1.prof"], "--service", "a/b 'c'%*");
        Assert.That(tool.Add(tool["1.prof"], tool["2.prof"], "--service", "a/b 'c'%*"), Is.EqualTo("dotnet-prof-store: added 1 of 2 profiles; 1 were there already.\n"));
        var all = tool.Query(All);

        Assert.That(tool.Run("compact", "--store", tool.Store).Errors, Is.EqualTo("dotnet-prof-store: 6 files are 3 now.\n"));

        Assert.That(tool.Query(All), Is.EqualTo(all));
        Assert.That(tool.Query("select distinct service from contexts"), Is.EqualTo(new[] { "a/b 'c'%*" }));
        Assert.That(server.Keys, Has.Length.EqualTo(4));
    }

    [Test]
    public async Task Processes_that_add_at_the_same_time_add_each_profile_once()
    {
        tool.Add(tool["1.prof"]);

        await Task.WhenAll(Enumerable.Range(1, 4).Select(first => Task.Run(() => tool.Add([.. Enumerable.Range(first, 5).Select(i => tool[$"{i}.prof"])]))));

        Assert.That(tool.Query("select count(*), count(distinct profile_id) from profiles"), Is.EqualTo(new[] { "8 8" }));
        var segments = JsonNode.Parse(server.Read(Manifest))!["segments"]!.AsArray().Count;
        Assert.That(server.Keys, Has.Length.EqualTo(3 * segments + 1), "what was written in vain is gone");
    }

    [Test]
    public void An_answer_that_is_lost_changes_nothing()
    {
        tool.Add(tool["1.prof"]);
        server.Break("PUT", ".", isDone: true, times: 2);
        tool.Add(tool["2.prof"]);
        server.Break("PUT", "profilerweaver", isDone: true, times: 1);
        tool.Add(tool["3.prof"]);
        server.Break("GET", "parquet", isDone: false, times: 1);

        Assert.That(tool.Query("select count(*), count(distinct profile_id) from profiles"), Is.EqualTo(new[] { "3 3" }));
    }

    [TestCase("store/profiles/")]
    [TestCase("profilerweaver.store")]
    public void What_was_not_added_to_its_end_does_not_count(string last)
    {
        tool.Add(tool["1.prof"]);
        var one = tool.Query(All);
        server.Break("PUT", last, isDone: false, times: 100);

        var (exitCode, _, errors) = tool.Run("add", tool["2.prof"], "--to", tool.Store);

        Assert.That((exitCode, errors.Split('\n')), Is.EqualTo((1, new[] { errors.TrimEnd('\n'), "" })), "one line");
        Assert.That(errors, Does.Contain($"{server.Address}/ cannot be reached: "));
        server.Break("PUT", "none", isDone: false, times: 0);
        Assert.That(tool.Query(All), Is.EqualTo(one));
        Assert.That(tool.Add(tool["2.prof"]), Does.Contain("added 1 of 1"));
    }

    [Test]
    public void A_compaction_that_was_interrupted_is_not_seen_and_is_finished_by_the_next_who_writes()
    {
        tool.Add(tool["1.prof"]);
        tool.Add(tool["2.prof"]);
        var all = tool.Query(All);
        server.Break("DELETE", ".", isDone: false, times: 1000);
        Assert.That(tool.Run("compact", "--store", tool.Store).ExitCode, Is.EqualTo(1));
        server.Break("DELETE", ".", isDone: false, times: 0);

        Assert.That(server.Keys, Has.Length.EqualTo(10));
        Assert.That(tool.Query(All), Is.EqualTo(all));
        tool.Add(tool["1.prof"]);
        Assert.That(server.Keys, Has.Length.EqualTo(4));
        Assert.That(tool.Query(All), Is.EqualTo(all));
    }

    [Test]
    public void Only_what_a_question_needs_is_fetched_and_kept()
    {
        tool.Add(tool["1.prof"], "--service", "one");
        tool.Add(tool["2.prof"], "--service", "two");

        tool.Ask("rows", "--where", "service=one");
        Assert.That(Cached(), Has.Length.EqualTo(2), "profiles and methods of one service");
        tool.Query(All);
        Assert.That(Cached(), Has.Length.EqualTo(6));
        server.Break("GET", "parquet", isDone: false, times: 100);
        var all = tool.Query(All);
        server.Break("GET", "parquet", isDone: false, times: 0);
        foreach (var file in Cached())
            File.WriteAllText(file, "cut off");
        Assert.That(tool.Query(All), Is.EqualTo(all));
        Assert.That(tool.Run("query", All, "--store", tool.Store, "--cache", "1KiB").Errors,
            Does.Match("^dotnet-prof-store: error: this needs .* of s3://profiles/store, and the cache may take 1.000 KiB: .*--cache SIZE\\.\n$"));
        tool.Ask("rows", "--where", "service=one", "--cache", $"{(Cached().Sum(file => new FileInfo(file).Length) >> 10) - 1}KiB");
        Assert.That(Cached(), Has.Length.LessThan(6));
        Assert.That(tool.Query("select count(*) from contexts", "--where", "service=two"), Is.EqualTo(tool.Query("select count(*) from contexts where service = 'two'")));
    }

    [TestCase("s3://nowhere/store", "", "", " has no bucket nowhere. Make one, or look at its name and at AWS_ENDPOINT_URL.")]
    [TestCase("s3://forbidden/store", "", "", "these credentials may not do that in the bucket forbidden (AccessDenied). They need s3:ListBucket, ")]
    [TestCase("s3://profiles", "AWS_ACCESS_KEY_ID", "unknown", " does not accept these credentials (InvalidAccessKeyId). Set AWS_ACCESS_KEY_ID and ")]
    [TestCase("s3://profiles", "AWS_ACCESS_KEY_ID", null, "there are no credentials for ")]
    [TestCase("s3://profiles", "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1", "http://127.0.0.1:1/ cannot be reached: Connection refused")]
    [TestCase("s3://profiles", "AWS_ENDPOINT_URL_S3", "127.0.0.1", " Look at the variables AWS_... and at ~/.aws/config.")]
    [TestCase("s3://profiles/elsewhere", "", "", "s3://profiles/elsewhere is not a store. dotnet prof-store add FILES --to s3://profiles/elsewhere makes one.")]
    [TestCase("s3://", "", "", "s3://: expected s3://BUCKET/PREFIX.")]
    public void Mistakes_are_named_in_one_line(string store, string variable, string? value, string message)
    {
        if (variable.Length > 0)
            tool.Environment[variable] = value;
        tool.Environment["HOME"] = tool["home"];
        tool.Environment["TMPDIR"] = Directory.CreateDirectory(tool["temporary"]).FullName;

        var (exitCode, output, errors) = tool.Run("rows", "--store", store);

        Assert.That(errors, Does.Contain(message));
        Assert.That((exitCode, output, errors.Split('\n').Length), Is.EqualTo((message.Contains("expected", StringComparison.Ordinal) ? 2 : 1, "", 2)));
        Assert.That(Directory.GetDirectories(tool["temporary"], "dotnet-prof-store.*"), Is.Empty, "nothing is left");
    }

    string[] Cached() => Directory.GetFiles(tool["cache"], "*.parquet", SearchOption.AllDirectories);
}
