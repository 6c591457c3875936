namespace ProfilerWeaver.Tests.Fleet;

/// <summary>Everything arrives once, whatever the server does.</summary>
public sealed class PushDeliveryTests : IDisposable
{
    const int Count = 60;
    const double NanosecondsPerSecond = 1e9;

    readonly TemporaryFolder folder = new();
    readonly PushServer server = new();

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task All_arrive_once_at_a_server_that_fails_at_random(
        [Values("pyroscope= ", "pyroscope= /push.v1.PusherService/Push", "otlp= ")] string place, [Values(7, 19, 2026)] int seed)
    {
        server.FaultOf = PushServer.FailingAtRandom(seed);
        var files = Files(Count);

        var summary = await Push(files, place.Replace(" ", server.Address, StringComparison.Ordinal));

        Assert.That(server.Violations, Is.Empty);
        Assert.That(summary, Is.EqualTo(new PushSummary(Count, 0, 0, 0, 0)));
        Assert.That(server.Requests, Is.GreaterThan(Count), "some failed");
        Assert.That(server.Arrived, Has.Count.EqualTo(Count));
        Assert.That(server.Counts.Values.Where(count => count.Untold > 0), Is.Not.Empty, "some acknowledgements were lost");
        Assert.That(server.Counts.Values.Select(count => count.Taken - count.Untold), Has.All.EqualTo(1), "nothing was sent again that was acknowledged");
        var sent = files.Select(file => new Stats(file)).ToArray();
        Assert.That(server.Arrived.Values.Select(delivery => delivery.Body.Sums["calls"]), Is.EquivalentTo(sent.Select(stats => stats.TotalCalls)));
        Assert.That(server.Arrived.Values.Select(TimeOf), Is.EquivalentTo(sent.Select(stats => (long)Math.Round(stats.TotalTime * NanosecondsPerSecond))));
    }

    [Test]
    public async Task A_folder_gets_each_profile_as_it_is()
    {
        var files = Files(3);
        var to = folder.File("profiles");

        var summary = await Push([.. files, files[0]], to);
        var again = await Push(files, to);

        Assert.That((summary.Arrived, again.Arrived), Is.EqualTo((4, 3)));
        Assert.That(Directory.GetFiles(to).Select(File.ReadAllBytes), Is.EquivalentTo(files.Select(File.ReadAllBytes)));
    }

    [Test]
    public async Task What_a_server_refuses_is_not_sent_again_and_keeps_nothing_back()
    {
        var refused = 0;
        var report = new List<string>();
        server.Answer = _ => Interlocked.Increment(ref refused) == 2 ? (422, "bad\u001b[31m profile " + new string('x', 9999), null) : null;

        var summary = await Push(Files(4), $"pyroscope={server.Address}", new() { Report = report.Add });

        Assert.That(summary, Is.EqualTo(new PushSummary(3, 0, 1, 0, 0)));
        Assert.That(server.Requests, Is.EqualTo(4));
        Assert.That(report.Single(), Does.Match(@"ingest does not take .*1\.prof: 422 UnprocessableEntity: bad\\u001B\[31m profile x+\.\.\.\.$"));
        Assert.That(report.Single(), Has.Length.LessThan(500));
    }

    [Test]
    public async Task A_profile_that_a_server_fails_at_keeps_nothing_back()
    {
        var files = Files(5);
        var poison = IdOf(files[0]).ToString();
        server.Answer = request => request.Header("Idempotency-Key") == poison ? (500, "panic", null) : null;

        var summary = await Push(files, $"pyroscope={server.Address}", new() { Patience = TimeSpan.FromMilliseconds(300) });

        Assert.That(summary, Is.EqualTo(new PushSummary(4, 1, 0, 0, 0)));
        Assert.That(server.Arrived.Keys, Does.Not.Contain(poison).And.Count.EqualTo(4));
    }

    [TestCase(401, "PROFILERWEAVER_PUSH_TOKEN")]
    [TestCase(404, "Check the address")]
    [TestCase(307, "it is now at https://elsewhere/")]
    public async Task Where_nothing_is_taken_all_waits_and_nothing_is_tried_again(int status, string advice)
    {
        var report = new List<string>();
        server.Answer = _ => (status, "no", null);
        if (status == 307)
            server.Redirect = "https://elsewhere/";

        var summary = await Push(Files(3), $"pyroscope={server.Address}", new() { Report = report.Add });

        Assert.That(summary, Is.EqualTo(new PushSummary(0, 3, 0, 0, 0)));
        Assert.That(server.Requests, Is.EqualTo(1));
        Assert.That(report.Single(), Does.Contain(advice).And.Contain("3 profiles have not reached"));
    }

    [Test]
    public async Task A_server_that_wants_to_be_left_alone_is_left_alone()
    {
        var asked = new List<DateTime>();
        server.Answer = _ =>
        {
            lock (asked)
                asked.Add(DateTime.UtcNow);
            return asked.Count == 1 ? (429, "slow down", "1") : null;
        };

        var summary = await Push(Files(1), $"pyroscope={server.Address}");

        Assert.That(summary.Arrived, Is.EqualTo(1));
        Assert.That(asked[1] - asked[0], Is.GreaterThan(TimeSpan.FromMilliseconds(990)));
    }

    [Test]
    public async Task What_a_collector_takes_in_part_is_refused_with_its_words()
    {
        var report = new List<string>();
        // partial_success { rejected_profiles: 1, error_message: "no" }
        server.Answer = _ => (200, "\n\u0006\b\u0001\u0012\u0002no", null);

        var summary = await Push(Files(1), $"otlp={server.Address}", new() { Report = report.Add });

        Assert.That(summary.Refused, Is.EqualTo(1));
        Assert.That(report.Single(), Does.EndWith("0.prof: no."));
    }

    [Test]
    public async Task A_profile_that_does_not_say_when_it_was_taken_is_of_when_its_file_was_written()
    {
        var file = folder.File("app.collapsed");
        File.WriteAllText(file, "Main;Load 3\n");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc));

        await Push([file], $"pyroscope={server.Address}");

        Assert.That(server.Arrived.Values.Single().Query, Does.Contain("?name=app%7B%7D&from=1795334400&"));
    }

    [Test]
    public async Task Files_that_are_no_profiles_are_left_out()
    {
        var report = new List<string>();
        File.WriteAllText(folder.File("damaged.prof"), "{");
        ProfFile.WriteRows(RandomProfiles.Rows(1).ToArray(), folder.File("rows.prof"));

        var summary = await Push([folder.File("damaged.prof"), folder.File("rows.prof"), .. Files(1)], $"pyroscope={server.Address}",
            new() { Report = report.Add });

        Assert.That(summary, Is.EqualTo(new PushSummary(1, 0, 0, 2, 0)));
        Assert.That(report, Has.All.StartWith("left out: ").And.Exactly(1).Contains("damaged.prof").And.Exactly(1).Contains("rows.prof"));
    }

    string[] Files(int count) => [.. Enumerable.Range(0, count).Select(seed =>
    {
        var file = folder.File($"{seed}.prof");
        ProfFile.Write(RandomProfiles.Recording(seed) with { Overhead = RecordingOverhead.None }, file);
        return file;
    })];

    Task<PushSummary> Push(string[] files, string to, PushOptions? options = null) => Pushing.Push(files, to, folder.File("spool"), options);

    static Guid IdOf(string file)
    {
        using var destination = Destinations.Parse("pyroscope=http://localhost");
        return destination.Encode(PushedProfile.Read(file, new()), _ => { }).Id;
    }

    static long TimeOf(Delivery delivery) => delivery.Body.Sums.Single(sum => sum.Key is "time" or "wall").Value;
}
