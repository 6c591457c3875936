using System.Diagnostics;
using System.Net;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Fleet;

namespace ProfilerWeaver.Tests.AspNetCore;

/// <summary>A service that is woven and asleep sends what it calls, second by second, and does not notice what becomes of it.</summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.Self)]
public sealed class PushingServiceTests : IDisposable
{
    const int Clients = 20;
    const int Times = 3;

    // Nobody reads what it prints: a line for each request would fill the pipe.
    const string Silent = "--Logging:LogLevel:Microsoft.AspNetCore=Warning";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly TemporaryFolder folder = new();
    readonly PushServer server = new();

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [TestCase("")]
    [TestCase("/push.v1.PusherService/Push")]
    public async Task What_arrives_under_load_adds_up_to_all_that_was_called(string path)
    {
        using var service = new CountedService($"--push=pyroscope={server.Address}{path}", $"--spool={folder.File("spool")}", Silent, "--bare");
        var answered = 0;
        using (var enough = new CancellationTokenSource())
        {
            var clients = Enumerable.Range(0, Clients).Select(async _ =>
            {
                for (; !enough.IsCancellationRequested; Interlocked.Increment(ref answered))
                    await service.Work(Times);
            }).ToList();
            await Until(() => server.Arrived.Count >= 3);
            await enough.CancelAsync();
            await Task.WhenAll(clients);
        }

        Assert.That(service.EndWithErrors(), Is.Empty);
        Assert.That(server.Violations, Is.Empty);
        Assert.That(server.Arrived.Values.Sum(StepsIn), Is.EqualTo(2L * Times * answered));
        Assert.That(server.Counts.Values.Select(count => count.Taken), Has.All.EqualTo(1));
        Assert.That(server.Arrived.Values.Select(delivery => delivery.Query + string.Join(',', delivery.Body.Series.Values)), Has.All.Contains("counted"));
    }

    [Test]
    public async Task A_server_that_fails_at_random_gets_all_all_the_same()
    {
        server.FaultOf = PushServer.FailingAtRandom(seed: 3);
        using var service = new CountedService($"--push=pyroscope={server.Address}", $"--spool={folder.File("spool")}", Silent, "--bare");
        for (var work = 0; work < 4; work++)
        {
            await service.Work(Times);
            var before = server.Requests;
            await Until(() => server.Requests > before);
        }

        service.EndWithErrors();
        await SendTheRest(server);

        Assert.That(server.Arrived.Values.Sum(StepsIn), Is.EqualTo(2 * Times * 4));
    }

    [Test]
    public async Task A_server_that_is_down_costs_a_line_and_is_sent_all_later()
    {
        var port = PushServer.FreePort();
        using var service = new CountedService($"--push=pyroscope=http://127.0.0.1:{port}", $"--spool={folder.File("spool")}", Silent, "--bare");
        var spooled = 0;
        for (var work = 0; work < 3; work++)
        {
            await service.Work(Times);
            await Until(() => Spooled() > spooled);
            spooled = Spooled();
        }

        var errors = service.EndWithErrors();
        using var later = new PushServer(port);
        await SendTheRest(later);

        Assert.That(errors, Does.Match($@"^ProfilerWeaver: 1 profile has not reached pyroscope=http://127\.0\.0\.1:{port}/ingest: Connection refused\. .*\n$"));
        Assert.That(later.Arrived.Values.Sum(StepsIn), Is.EqualTo(2 * Times * 3));
    }

    [Test]
    public async Task A_server_that_does_not_answer_does_not_slow_the_service_down()
    {
        using var never = new ManualResetEventSlim();
        server.Answer = _ =>
        {
            never.Wait();
            return (503, "", null);
        };
        using var service = new CountedService($"--push=pyroscope={server.Address}", $"--spool={folder.File("spool")}", Silent, "--bare");
        await service.Work(Times);
        await Until(() => server.Requests > 0);
        for (var request = 0; request < 200; request++)
            await service.Work(Times);
        var ending = Stopwatch.StartNew();

        service.EndWithErrors();
        never.Set();

        Assert.That(ending.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)), "it is not waited for");
        Assert.That(Spooled(), Is.Positive);
    }

    [Test]
    public async Task A_service_that_is_not_woven_says_that_there_are_no_calls_to_push_whatever_requests_come()
    {
        using var tool = new ProfTool();
        using var service = Process.Start(tool.Start("dotnet",
            [CountedService.Program, "--urls", "http://127.0.0.1:0", $"--push={folder.File("pushed")}", $"--spool={folder.File("spool")}", Silent, "--bare"]))!;
        using var enough = new CancellationTokenSource(Patience);
        var listening = "";
        while (!listening.Contains("Now listening on:", StringComparison.Ordinal))
            listening = await service.StandardOutput.ReadLineAsync(enough.Token) ?? throw new IOException("it has ended");
        using var client = new HttpClient { BaseAddress = new(listening[listening.IndexOf("http", StringComparison.Ordinal)..]) };
        var reading = service.StandardError.ReadLineAsync(enough.Token).AsTask();
        // Each of them is a scope, so no interval is empty.
        while (!reading.IsCompleted)
            await client.GetStringAsync(new Uri("/work/1", UriKind.Relative), enough.Token);
        var line = await reading;
        service.Kill();
        await service.WaitForExitAsync(enough.Token);

        Assert.That(line, Is.EqualTo("ProfilerWeaver: there are no calls to push: no woven method has run yet. Is the program woven " +
            "(ProfilerWeaver.Fody in its project, or dotnet prof weave)?"));
    }

    [TestCase("pyroscope=http://user:s3cr3t@localhost", "ProfilerWeaver: nothing is pushed: the address of localhost has a user and a password in it")]
    [TestCase("nowhere://at/all", "ProfilerWeaver: nothing is pushed: 'nowhere://at/all' is no place to push to")]
    public async Task A_mistake_costs_a_line(string to, string line)
    {
        using var service = new CountedService($"--push={to}", Silent, "--bare");
        await service.Expect(HttpStatusCode.OK, "GET", "/debug/pprof/");
        await service.Work(Times);

        var errors = service.EndWithErrors();

        Assert.That(errors.Split('\n')[0], Does.StartWith(line).And.Not.Contain("s3cr3t"));
    }

    [Test]
    public async Task Without_a_place_for_the_spool_it_pushes_all_the_same()
    {
        using var service = new CountedService([new("XDG_STATE_HOME", "/dev/null"), new("TMPDIR", folder.Location)],
            [$"--push=pyroscope={server.Address}", Silent, "--bare"]);
        await service.Work(Times);
        await Until(() => !server.Arrived.IsEmpty);

        Assert.That(service.EndWithErrors(), Is.Empty);
        Assert.That(server.Arrived.Values.Sum(StepsIn), Is.EqualTo(2 * Times));
        Assert.That(Directory.GetDirectories(folder.Location, "profilerweaver-push-*"), Is.Empty, "it is removed when all has arrived");
    }

    [Test]
    public async Task A_folder_gets_a_file_for_each_interval()
    {
        var profiles = folder.File("profiles");
        using var service = new CountedService($"--push={profiles}", $"--spool={folder.File("spool")}", Silent, "--bare");
        await service.Work(Times);
        await Until(() => Directory.Exists(profiles) && Directory.GetFiles(profiles, "*.prof").Length == 1);
        await service.Work(Times);
        service.EndWithErrors();

        var files = Directory.GetFiles(profiles);
        Assert.That(files, Has.Length.EqualTo(2).And.All.EndsWith(".prof"));
        Assert.That(files.Sum(file => new Stats(file)["Counted.Work.Step"].Calls), Is.EqualTo(2 * 2 * Times));
        Assert.That(ProfFile.Read(files[0]).Recording!.Environment, Does.Contain(KeyValuePair.Create("service", "counted")));
    }

    static long StepsIn(Delivery delivery)
    {
        var recording = ForeignProfile.ReadAny("pushed", delivery.Body.Profile)!.Recording!;
        return FlatProfile.From(recording).Where(row => row.Name == "Counted.Work.Step").Sum(row => row.Calls);
    }

    static async Task Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(watch.Elapsed, Is.LessThan(Patience));
            await Task.Delay(10);
        }
    }

    int Spooled() => Directory.Exists(folder.File("spool"))
        ? Directory.GetFiles(folder.File("spool"), "*.push", SearchOption.AllDirectories).Length
        : 0;

    async Task SendTheRest(PushServer to)
    {
        var rest = await Pushing.Push([], $"pyroscope={to.Address}", folder.File("spool"));
        Assert.That(rest.IsComplete, Is.True);
    }
}
