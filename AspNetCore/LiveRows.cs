using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ProfilerWeaver;

/// <summary>The rows with the most time of their own, second by second, as server-sent events.</summary>
static class LiveRows
{
    const int Most = 40;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Sends an event a second: what was called in it, <c>{"seconds":…,"rows":[{"name":…,"calls":…,"self":…,"total":…}]}</c>.
    /// </summary>
    public static Task Send(HttpContext context) => context.Request.Query.ContainsKey(MeasuredWindow.Route)
        ? Answer.Text(context, StatusCodes.Status400BadRequest, $"top has all routes; {MeasuredWindow.Route} is for report, profile and prof.")
        : SendAll(context);

    static Task SendAll(HttpContext context) => MeasuredWindow.InTurn(context, async (duration, _) =>
    {
        Answer.Begin(context.Response, "text/event-stream");
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        var current = Profile.Measure(Extent.All);
        try
        {
            var goesOn = true;
            for (var left = duration; goesOn && left > TimeSpan.Zero; left -= Interval)
            {
                goesOn = await MeasuredWindow.Wait(context, left < Interval ? left : Interval).ConfigureAwait(false);
                var ended = current;
                // First: recording ends with the last measurement.
                current = Profile.Measure(Extent.All);
                await context.Response.WriteAsync($"data: {RowsOf(ended.Stop())}\n\n", context.RequestAborted).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        finally
        {
            current.Stop();
        }
    });

    static string RowsOf(ProfileData window)
    {
        var rows = FlatProfile.From(window).OrderByDescending(row => row.TotalTime).ThenByDescending(row => row.Calls).Take(Most);
        return JsonSerializer.Serialize(new
        {
            seconds = window.Duration.TotalSeconds,
            rows = rows.Select(row => new { name = NameLookup.BareName(row.Label), calls = row.Calls, self = row.TotalTime, total = row.CumulativeTime }),
        });
    }
}
