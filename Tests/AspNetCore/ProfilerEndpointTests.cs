using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.AspNetCore;

/// <summary>What the endpoint measures is exactly what was called meanwhile.</summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.Self)]
public sealed partial class ProfilerEndpointTests : IDisposable
{
    static CountedService service = null!;

    readonly TemporaryFolder folder = new();

    [OneTimeSetUp]
    public static void Begin() => service = new();

    [OneTimeTearDown]
    public static void End()
    {
        using (service)
            service.End();
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public async Task Go_prints_the_calls_of_a_window()
    {
        await service.Work(9);
        var printing = Task.Run(() => OtherTool.RunIn(folder.Location, "go", "tool", "pprof", "-top", "-nodecount=100", "-nodefraction=0",
            "-sample_index=calls", $"{service.Address}/closed/profile?seconds=2"));
        await service.UntilMeasured(1);
        await service.Work(3);
        await service.Work(4);
        await service.Pass(2);
        var printed = await printing;

        Assert.That(CallsIn(printed, "Counted.Work.Do"), Is.EqualTo(2));
        Assert.That(CallsIn(printed, "Counted.Work.Step"), Is.EqualTo(14));
    }

    [Test]
    public async Task A_profile_for_pprof_has_no_more_contexts_than_it_may()
    {
        using var limited = new CountedService("--most-contexts", "3");
        var window = limited.Send("GET", "/closed/profile?seconds=1");
        await limited.UntilMeasured(1);
        await limited.Work(3);
        await limited.Pass(1);
        using var response = await window;
        var profile = new Stats(ForeignProfile.ReadAny("profile", await response.Content.ReadAsByteArrayAsync())!.Recording!);

        Assert.That(profile.Contexts.Count(), Is.InRange(1, 3));
        Assert.That(profile.Contexts.Sum(context => context.Figures.Calls), Is.GreaterThan(2 * 3), "what was put together counts");
        limited.End();
    }

    [Test]
    public async Task Windows_that_overlap_are_exact_each()
    {
        var first = Window("/closed/prof?seconds=10", "127.0.0.1");
        await service.UntilMeasured(1);
        await service.Work(2);
        await service.Pass(6);
        var second = Window("/closed/prof?seconds=5", "127.0.0.2");
        await service.UntilMeasured(2);
        await service.Work(3);
        await service.Pass(4);
        var ofFirst = await first;
        await service.Work(4);
        await service.Pass(1);
        var ofSecond = await second;

        Assert.That(Calls(ofFirst, "Counted.Work.Step"), Is.EqualTo(2 * (2 + 3)));
        Assert.That(Calls(ofSecond, "Counted.Work.Step"), Is.EqualTo(2 * (3 + 4)));
    }

    [Test]
    public async Task A_window_of_a_route_has_nothing_else()
    {
        var window = Window($"/closed/prof?seconds=1&route={Uri.EscapeDataString("/later/{times:int}")}");
        await service.UntilMeasured(1);
        await service.Work(5);
        await service.Expect(HttpStatusCode.OK, "GET", "/later/2");
        await service.Expect(HttpStatusCode.OK, "GET", "/later/3");
        await service.Pass(1);
        var profile = await window;

        Assert.That(Calls(profile, "Counted.Work.Step"), Is.EqualTo(2 * (2 + 3)));
        Assert.That(profile.Threads.SelectMany(thread => thread.Root.Children).Select(root => profile.Methods[root.Method].Name),
            Has.All.EqualTo("request method=GET route=/later/{times:int}"));
    }

    // Controllers write routes without a slash; whoever asks for one writes it as in the documentation, or as in the source.
    [TestCase("/slashless/{times:int}")]
    [TestCase("slashless/{times:int}")]
    public async Task A_route_is_found_with_and_without_the_slash_that_it_begins_with(string route)
    {
        var window = Window($"/closed/prof?seconds=1&route={Uri.EscapeDataString(route)}");
        await service.UntilMeasured(1);
        await service.Expect(HttpStatusCode.OK, "GET", "/slashless/2");
        await service.Work(5);
        await service.Pass(1);
        var profile = await window;

        Assert.That(Calls(profile, "Counted.Work.Step"), Is.EqualTo(2 * 2));
        Assert.That(profile.Threads.SelectMany(thread => thread.Root.Children).Select(root => profile.Methods[root.Method].Name),
            Has.All.EqualTo("request method=GET route=/slashless/{times:int}"));
    }

    [Test]
    public async Task A_route_without_requests_is_answered_with_those_that_had_some()
    {
        var window = service.Expect(HttpStatusCode.NotFound, "GET", "/closed/prof?seconds=1&route=/work");
        await service.UntilMeasured(1);
        await service.Work(1);
        await service.Pass(1);

        Assert.That(await window, Does.StartWith("No request of the route /work began in that time. Those of these did: ").And.Contain("/work/{times:int}"));
    }

    [Test]
    public async Task What_has_all_routes_says_so_rather_than_leave_one_out()
    {
        var answer = await service.Expect(HttpStatusCode.BadRequest, "GET", "/closed/top?seconds=1&route=/work");

        Assert.That(answer, Is.EqualTo("top has all routes; route is for report, profile and prof.\n"));
    }

    [Test]
    public async Task A_window_as_a_report_is_a_page_of_its_own()
    {
        var waiting = service.Expect(HttpStatusCode.OK, "GET", "/closed/report?seconds=1");
        await service.UntilMeasured(1);
        await service.Work(1);
        await service.Pass(1);
        var page = await waiting;

        Assert.That(page, Does.StartWith("<!doctype html>").IgnoreCase.And.Contain("<title>Counted"));
        Assert.That(page, Does.Not.Contain("src=\"http").And.Not.Contain("href=\"http"));
    }

    [Test]
    public async Task Rows_are_sent_second_by_second()
    {
        using var response = await service.Send("GET", "/closed/top?seconds=2");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var steps = new List<long?>();
        foreach (var times in new[] { 3, 5 })
        {
            await service.UntilMeasured(1);
            await service.Work(times);
            await service.Pass(1);
            steps.Add(Steps(await reader.ReadLineAsync() + await reader.ReadLineAsync()));
        }

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(steps, Is.EqualTo(new[] { 6, 10 }));
        Assert.That(await reader.ReadToEndAsync(), Is.Empty);

        static long? Steps(string line) => JsonNode.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..])!["rows"]!.AsArray()
            .Single(row => (string?)row!["name"] == "Counted.Work.Step")!["calls"]!.GetValue<long>();
    }

    [Test]
    public async Task It_is_started_and_stopped_by_POST_only()
    {
        await service.Expect(HttpStatusCode.MethodNotAllowed, "GET", "/closed/start");
        await service.Expect(HttpStatusCode.MethodNotAllowed, "GET", "/closed/stop");
        await service.Expect(HttpStatusCode.Conflict, "POST", "/closed/stop");
        await service.Expect(HttpStatusCode.OK, "POST", "/closed/start");
        await service.Expect(HttpStatusCode.Conflict, "POST", "/closed/start");
        await service.Work(2);
        var window = Window("/closed/prof?seconds=1");
        await service.UntilMeasured(1);
        await service.Work(3);
        await service.Pass(1);
        var ofWindow = await window;
        await service.Work(4);
        using var stopped = await service.Send("POST", "/closed/stop");
        var whole = await Read(stopped);
        await service.Expect(HttpStatusCode.Conflict, "POST", "/closed/stop");

        Assert.That(Calls(ofWindow, "Counted.Work.Step"), Is.EqualTo(2 * 3));
        Assert.That(Calls(whole, "Counted.Work.Step"), Is.EqualTo(2 * (2 + 3 + 4)));
    }

    [Test]
    public async Task Who_has_read_a_window_to_its_end_may_ask_for_the_next_one_at_once()
    {
        for (var i = 0; i < 10; i++)
        {
            var window = Window("/closed/prof?seconds=1");
            await service.UntilMeasured(1);
            await service.Work(1);
            await service.Pass(1);
            Assert.That(Calls(await window, "Counted.Work.Step"), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_recording_that_begins_and_ends_does_not_cut_a_window_short()
    {
        var window = Window("/closed/prof?seconds=1");
        await service.UntilMeasured(1);
        await service.Work(1);
        await service.Expect(HttpStatusCode.OK, "POST", "/closed/start");
        await service.Work(2);
        using var stopped = await service.Send("POST", "/closed/stop");
        var recorded = await Read(stopped);
        await service.Work(4);
        await service.Pass(1);

        Assert.That(Calls(await window, "Counted.Work.Step"), Is.EqualTo(2 * (1 + 2 + 4)));
        Assert.That(Calls(recorded, "Counted.Work.Step"), Is.EqualTo(2 * 2));
    }

    [Test]
    public async Task A_window_outlives_the_recording_that_it_is_a_part_of()
    {
        await service.Expect(HttpStatusCode.OK, "POST", "/closed/start");
        await service.Work(1);
        var window = Window("/closed/prof?seconds=1");
        await service.UntilMeasured(1);
        await service.Work(2);
        Assert.That(service.Clear(), Does.Contain("is being measured").And.Contain("stop and start"));
        using var stopped = await service.Send("POST", "/closed/stop");
        var recorded = await Read(stopped);
        await service.Work(4);
        await service.Expect(HttpStatusCode.OK, "POST", "/closed/start");
        await service.Work(8);
        await service.Pass(1);
        var measured = await window;
        await service.Work(16);
        using var again = await service.Send("POST", "/closed/stop");

        Assert.That(Calls(recorded, "Counted.Work.Step"), Is.EqualTo(2 * (1 + 2)));
        Assert.That(Calls(measured, "Counted.Work.Step"), Is.EqualTo(2 * (2 + 4 + 8)));
        Assert.That(Calls(await Read(again), "Counted.Work.Step"), Is.EqualTo(2 * (8 + 16)));
    }

    [Test]
    public async Task A_window_in_which_nothing_was_called_is_a_profile_for_scrapers_and_no_file()
    {
        var forScrapers = service.Expect(HttpStatusCode.OK, "GET", "/closed/profile?seconds=1&route=/nowhere");
        var file = service.Expect(HttpStatusCode.NotFound, "GET", "/closed/prof?seconds=1&route=/nowhere", ("Test-Address", "127.0.0.2"));
        await service.UntilMeasured(2);
        await service.Pass(1);
        await forScrapers;

        Assert.That(await file, Does.StartWith("No request of the route /nowhere began in that time. "));
    }

    [Test]
    public async Task Requests_are_scopes_by_method_route_and_status_of_which_nobody_can_invent_many()
    {
        var window = Window("/closed/prof?seconds=1");
        await service.UntilMeasured(1);
        await service.Work(1);
        await service.Expect(HttpStatusCode.InternalServerError, "GET", "/fails");
        await service.Expect(HttpStatusCode.NotFound, "GET", "/nothing/here");
        await service.Expect(HttpStatusCode.OK, "INVENT", "/any");
        await service.Expect(HttpStatusCode.OK, "GET", "/later/1?traced", ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        await service.Pass(1);
        var profile = await window;

        Assert.That(Scopes(profile).Where(scope => !scope.Contains("/time", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            "request method=GET route=/work/{times:int} 1: response status=200 1",
            "request method=GET route=/fails 1: response status=500 1",
            "request method=GET route=(none) 1: response status=404 1",
            "request method=(other) route=/any 1: response status=200 1",
            "request method=GET route=/later/{times:int} 1: trace id=0af7651916cd43dd8448eb211c80319c 1",
        }));
    }

    [Test]
    public async Task A_request_that_is_chosen_says_what_it_has_called()
    {
        using var response = await service.Send("GET", "/later/3?timed");
        using var other = await service.Send("GET", "/later/3");

        Assert.That(response.Headers.GetValues("Server-Timing").Single(), Does.Match(
            @"^total;desc=""\d+ calls"";dur=[\d.]+, ").And.Contain(@";desc=""Counted.Work.Step (6 calls)"";dur="));
        Assert.That(other.Headers.Contains("Server-Timing"), Is.False);
    }

    [Test]
    public async Task Whoever_comes_first_is_shown_what_there_is()
    {
        using var redirected = await service.Send("GET", "/closed");
        using var response = await service.Send("GET", "/closed/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.That(redirected.Headers.Location!.OriginalString, Is.EqualTo("/closed/"));
        Assert.That(Links().Matches(page).Select(match => match.Groups[1].Value),
            Is.EqualTo(new[] { "report?seconds=10", "profile?seconds=10", "prof?seconds=10", "top?seconds=10", "start" }));
        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'"));
    }

    async Task<ProfileData> Window(string path, string address = "127.0.0.1")
    {
        using var response = await service.Send("GET", path, ("Test-Address", address));
        return await Read(response);
    }

    static async Task<ProfileData> Read(HttpResponseMessage response)
    {
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return ProfFile.Read(await response.Content.ReadAsStreamAsync()).Recording!;
    }

    static long Calls(ProfileData profile, string method) => FlatProfile.From(profile).Single(row => row.Name == method).Calls;

    // Those of a thread at a time, below middleware of the service's own.
    static IEnumerable<string> Scopes(ProfileData profile)
    {
        var requests = profile.Threads.SelectMany(thread => thread.Root.Children).SelectMany(root => root.Children).Where(IsScope);
        return requests.Select(request => $"{Text(request)}: {string.Join(", ", request.Children.Where(IsScope).Select(Text))}");

        bool IsScope(CallNode context) => profile.Methods[context.Method].File == "scope";

        string Text(CallNode context) => $"{profile.Methods[context.Method].Name} {context.Calls}";
    }

    // flat flat% sum% cum cum% name
    static long CallsIn(string printed, string method) => long.Parse(
        Regex.Match(printed, $@"(?m)^ *(\d+) .* {Regex.Escape(method)}$").Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:href|action)=""([^""]*)""")]
    private static partial Regex Links();
}
