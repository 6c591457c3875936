using System.Net;
using System.Net.Http;

namespace ProfilerWeaver.Tests.AspNetCore;

/// <summary>A service with nothing but what docs/production.md tells, woven and asleep.</summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.Self)]
public sealed class BareServiceTests
{
    const string Endpoint = "/debug/pprof/";

    [Test]
    public async Task The_endpoint_answers_without_any_other_middleware()
    {
        using var service = new CountedService("--bare");
        foreach (var path in new[] { "", "profile?seconds=0.1", "top?seconds=0.1" })
            await service.Expect(HttpStatusCode.OK, "GET", Endpoint + path);
        await service.Expect(HttpStatusCode.OK, "POST", Endpoint + "start");
        await service.Work(1);
        await service.Expect(HttpStatusCode.OK, "POST", Endpoint + "stop");
        service.End();
    }

    [Test]
    public async Task Windows_that_are_open_when_the_service_ends_are_answered_with_what_there_is()
    {
        using var service = new CountedService("--bare");
        var window = service.Send("GET", Endpoint + "prof?seconds=60");
        Assert.That(service.Status, Does.Match("(?m)^state +measured$").After(30_000, 10));
        await service.Work(3);

        service.End();

        using var response = await window;
        var profile = ProfFile.Read(await response.Content.ReadAsStreamAsync());
        Assert.That(profile.Rows.Single(row => row.Name == "Counted.Work.Step").Calls, Is.EqualTo(2 * 3));
    }

    [Test]
    public async Task Rows_that_are_being_sent_when_the_service_ends_are_sent_to_the_end()
    {
        using var service = new CountedService("--bare");
        using var response = await service.Send("GET", Endpoint + "top?seconds=60");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();
        await service.Work(3);

        service.End();

        Assert.That(await reader.ReadToEndAsync(), Does.Contain("\"Counted.Work.Step\",\"calls\":6,"));
    }
}
