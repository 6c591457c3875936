using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ProfilerWeaver;

/// <summary>Measures what all threads call for a while, whether the program is recorded anyway or only for that.</summary>
static class MeasuredWindow
{
    const string Seconds = "seconds";

    /// <summary>The part of a query that names a route.</summary>
    public const string Route = "route";

    const int DefaultSeconds = 30;

    /// <summary>Answers with what was called in a window that begins now.</summary>
    /// <param name="context">The request.</param>
    /// <param name="format">The form of the answer.</param>
    public static Task Measure(HttpContext context, WindowFormat format) => InTurn(context, async (duration, options) =>
    {
        using var measurement = Profile.Measure(Extent.All);
        await Wait(context, duration).ConfigureAwait(false);
        if (measurement.IsStopped)
        {
            await Answer.Text(context, StatusCodes.Status409Conflict, "The program has cleared its profile, which has ended this window early. Try again.").ConfigureAwait(false);
            return;
        }
        var window = measurement.Stop();
        string? route = context.Request.Query[Route];
        var answered = route is null ? window : RouteFilter.Apply(window, route);
        await Answer.Profile(context, format, output => format.Write(answered, options.MaxContexts, output),
            () => route is null ? null : RouteFilter.Nothing(window, route)).ConfigureAwait(false);
    });

    /// <summary>Does something of limited duration, if it is the caller's turn.</summary>
    /// <param name="context">The request, which may say how many seconds it is to take.</param>
    /// <param name="measure">What is done.</param>
    public static async Task InTurn(HttpContext context, Func<TimeSpan, ProfilerWeaverOptions, Task> measure)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<ProfilerWeaverOptions>>().Value;
        if (DurationOf(context.Request, options.MaxDuration) is not { } duration)
        {
            await Answer.Text(context, StatusCodes.Status400BadRequest,
                string.Create(CultureInfo.InvariantCulture, $"{Seconds} must be a number greater than 0, and {options.MaxDuration.TotalSeconds} at most.")).ConfigureAwait(false);
            return;
        }
        using var turn = context.RequestServices.GetRequiredService<Turns>().TryBegin(context);
        if (turn is null)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Answer.Text(context, StatusCodes.Status429TooManyRequests,
                "You have a measurement in progress, or too many others do: each caller can have one at a time.").ConfigureAwait(false);
            return;
        }
        try
        {
            await measure(duration, options).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    /// <summary>Lets time pass. When the service is about to end, no more does: it waits for its answers.</summary>
    /// <returns>Whether it does not end.</returns>
    /// <exception cref="OperationCanceledException">The caller does not wait any longer.</exception>
    public static async Task<bool> Wait(HttpContext context, TimeSpan time)
    {
        var ending = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        try
        {
            await Task.Delay(time, context.RequestServices.GetRequiredService<TimeProvider>(), either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
    }

    static TimeSpan? DurationOf(HttpRequest request, TimeSpan longest)
    {
        string? text = request.Query[Seconds];
        if (text is null)
            return TimeSpan.FromSeconds(Math.Min(DefaultSeconds, longest.TotalSeconds));
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0 && seconds <= longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
