using System.Net;
using System.Net.Http;

namespace ProfilerWeaver.Tests.AspNetCore;

/// <summary>Nobody uses the endpoint but who may.</summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.Self)]
public sealed class ProfilerAccessTests
{
    const string Index = "/closed/";
    const string Remote = "203.0.113.7";

    static CountedService service = null!;

    [OneTimeSetUp]
    public static void Begin() => service = new();

    [OneTimeTearDown]
    public static void End()
    {
        using (service)
            service.End();
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("::1", true)]
    [TestCase("::ffff:127.0.0.1", true)]
    [TestCase(Remote, false)]
    [TestCase("::ffff:203.0.113.7", false)]
    [TestCase("10.0.0.1", false)]
    public async Task It_answers_on_its_own_machine_only(string address, bool isAnswered)
    {
        foreach (var (method, path) in new[] { ("GET", ""), ("GET", "profile?seconds=99"), ("GET", "report?seconds=99"), ("GET", "prof?seconds=99"), ("GET", "top?seconds=99"), ("POST", "stop") })
        {
            // What is answered says what is wrong.
            var answer = path.Length == 0 ? HttpStatusCode.OK : method == "POST" ? HttpStatusCode.Conflict : HttpStatusCode.BadRequest;
            await service.Expect(isAnswered ? answer : HttpStatusCode.Forbidden, method, Index + path, ("Test-Address", address));
        }
        if (!isAnswered)
            await service.Expect(HttpStatusCode.Forbidden, "POST", Index + "start", ("Test-Address", address));
    }

    [TestCase("X-Forwarded-For", "127.0.0.1")]
    [TestCase("X-Original-For", "127.0.0.1:80")]
    [TestCase("X-Forwarded-Host", "localhost")]
    [TestCase("X-Real-IP", "127.0.0.1")]
    [TestCase("Forwarded", "for=127.0.0.1")]
    [TestCase("Via", "1.1 proxy")]
    public async Task Behind_a_proxy_the_address_is_no_proof(string header, string value) =>
        Assert.That(await service.Expect(HttpStatusCode.Forbidden, "GET", Index, (header, value)), Does.Contain("proxy").And.Contain("RequireAuthorization"));

    [TestCase("localhost", true)]
    [TestCase("LOCALHOST:5000", true)]
    [TestCase("127.0.0.1:80", true)]
    [TestCase("[::1]:80", true)]
    [TestCase("rebound.example", false)]
    [TestCase("localhost.example", false)]
    [TestCase("127.0.0.1.example", false)]
    [TestCase("192.168.0.1", false)]
    public async Task A_name_that_somebody_else_gave_the_address_is_refused(string host, bool isAnswered) =>
        await service.Expect(isAnswered ? HttpStatusCode.OK : HttpStatusCode.Forbidden, "GET", Index, ("Host", host));

    [TestCase("Sec-Fetch-Site", "cross-site", false)]
    [TestCase("Sec-Fetch-Site", "same-site", false)]
    [TestCase("Sec-Fetch-Site", "same-origin", true)]
    [TestCase("Sec-Fetch-Site", "none", true)]
    [TestCase("Origin", "http://evil.example", false)]
    [TestCase("Origin", "null", false)]
    [TestCase("Origin", "http://localhost:1", false)]
    public async Task Pages_of_other_sites_change_nothing(string header, string value, bool isObeyed)
    {
        // Without a recording, it says so to whom it obeys.
        await service.Expect(isObeyed ? HttpStatusCode.Conflict : HttpStatusCode.Forbidden, "POST", Index + "stop", (header, value));
        await service.Expect(isObeyed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, "GET", Index, (header, value));
    }

    [Test]
    public async Task A_page_of_its_own_is_obeyed() =>
        await service.Expect(HttpStatusCode.Conflict, "POST", Index + "stop", ("Origin", service.Address));

    [Test]
    public async Task Whoever_is_authorized_is_let_in_from_anywhere()
    {
        await service.Expect(HttpStatusCode.Unauthorized, "GET", "/authorized/");
        await service.Expect(HttpStatusCode.Unauthorized, "GET", "/authorized/", ("Test-Address", Remote));
        await service.Expect(HttpStatusCode.OK, "GET", "/authorized/", ("Test-Address", Remote), ("Test-User", "ann"), ("X-Forwarded-For", Remote), ("Host", "shop.example"));
        await service.Expect(HttpStatusCode.Forbidden, "POST", "/authorized/start", ("Test-User", "ann"), ("Origin", "http://evil.example"));
    }

    [Test]
    public async Task Who_need_not_be_authorized_is_no_better_than_anybody()
    {
        await service.Expect(HttpStatusCode.OK, "GET", "/anonymous/");
        await service.Expect(HttpStatusCode.Forbidden, "GET", "/anonymous/", ("Test-Address", Remote));
    }

    [Test]
    public async Task A_host_that_is_required_is_let_in_from_anywhere()
    {
        await service.Expect(HttpStatusCode.OK, "GET", "/hosted/", ("Test-Address", Remote), ("Host", "profiler.test"));
        await service.Expect(HttpStatusCode.NotFound, "GET", "/hosted/", ("Host", "localhost"));
    }

    [Test]
    public async Task Antiforgery_that_is_asked_for_is_kept_to()
    {
        await service.Expect(HttpStatusCode.Forbidden, "POST", "/checked/stop");
        await service.Expect(HttpStatusCode.OK, "GET", "/checked/");
    }

    [Test]
    public async Task Other_pages_may_not_read_it_whatever_else_they_may_read()
    {
        using var open = await service.Send("GET", "/work/1", ("Origin", "http://evil.example"));
        using var refused = await service.Send("GET", Index, ("Origin", "http://evil.example"));
        using var closed = await service.Send("GET", Index, ("Origin", service.Address));

        Assert.That(open.Headers.Contains("Access-Control-Allow-Origin"), Is.True);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(closed.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(closed.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
    }

    [TestCase("21")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1e9")]
    [TestCase("NaN")]
    [TestCase("")]
    [TestCase("9999999999999999999999999999")]
    public async Task A_window_is_no_longer_than_it_may_be(string seconds)
    {
        foreach (var path in new[] { "profile", "report", "prof", "top" })
            Assert.That(await service.Expect(HttpStatusCode.BadRequest, "GET", $"{Index}{path}?seconds={seconds}"), Does.Contain("20 at most"));
    }

    [Test]
    public async Task Each_caller_has_one_measurement_at_a_time_and_all_together_have_eight()
    {
        var windows = new List<Task<string>>();
        for (var i = 1; i <= 8; i++)
        {
            windows.Add(service.Expect(HttpStatusCode.OK, "GET", Index + "prof?seconds=2", ("Test-Address", $"127.0.0.{i}")));
            await service.UntilMeasured(i);
            await service.Expect(HttpStatusCode.TooManyRequests, "GET", Index + "top?seconds=3", ("Test-Address", $"127.0.0.{i}"));
        }
        using var refused = await service.Send("GET", Index + "profile?seconds=3", ("Test-Address", "127.0.0.9"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(3)));

        await service.Pass(2);
        await Task.WhenAll(windows);
        var next = service.Expect(HttpStatusCode.OK, "GET", Index + "prof?seconds=2");
        await service.UntilMeasured(1);
        await service.Pass(2);
        await next;
    }

    [Test]
    public async Task Who_hangs_up_leaves_nothing_behind()
    {
        for (var i = 0; i < 10; i++)
        {
            using (await SendInTurn(Index + "top?seconds=20"))
                await service.UntilMeasured(1);
            await service.UntilMeasured(0);
        }
    }

    // The turn of who has hung up ends a little later than the measurement.
    static async Task<HttpResponseMessage> SendInTurn(string path)
    {
        while (true)
        {
            var response = await service.Send("GET", path);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
                return response;
            response.Dispose();
        }
    }
}
