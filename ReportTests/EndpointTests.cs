using System.Diagnostics;
using System.Net.Http;

namespace ProfilerWeaver.ReportTests;

/// <summary>The report that a service gives of itself (docs/production.md).</summary>
public sealed class EndpointTests
{
    const int Requests = 20;

    [Test]
    public async Task A_window_of_a_service_is_a_report_in_the_browser()
    {
        var (process, address) = await Browser.WebShop();
        try
        {
            await using var report = await Browser.Page();
            var shown = report.Go(new Uri(address, "/debug/pprof/report?seconds=5#view=table").AbsoluteUri);
            await Ask(address, Requests);
            await shown;

            var table = await report.Table(".view table");
            Assert.That(report.Errors, Is.Empty);
            Assert.That(report.Requests, Has.Count.EqualTo(1), "all is in the one file");
            Assert.That(ReportPage.Number(table.Single(row => row["Method"].EndsWith("ProductRoutes.All", StringComparison.Ordinal))["Calls"]),
                Is.EqualTo(Requests));
            Assert.That(ReportPage.Number(table.Single(row => row["Method"].StartsWith("request method=GET route=/products", StringComparison.Ordinal))["Calls"]),
                Is.EqualTo(Requests));
        }
        finally
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
                await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    // In the midst of the window, which opens at some time after the browser was told to ask for it.
    static async Task Ask(Uri address, int requests)
    {
        while (await Browser.Prof("status", "WebShop") is var (_, status, errors) && !status.Contains("measured", StringComparison.Ordinal))
            Assert.That(errors, Is.Empty);

        using var client = new HttpClient { BaseAddress = address };
        for (var i = 0; i < requests; i++)
            await client.GetByteArrayAsync(new Uri("/products", UriKind.Relative));
    }
}
