using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProfilerWeaver;

/// <summary>Makes a scope of each request.</summary>
public static class ProfilerScopes
{
    // A label stays as long as the process.
    const int MostTraces = 500;

    static int traces;

    /// <summary>Opens a scope for each request, <c>request method=GET route=/orders/{id}</c>, and in its end one for its status,
    /// <c>response status=200</c>. Requests for the profiler have none.</summary>
    /// <remarks>Call it after <c>UseRouting</c>, if you call that; before it, routes are not known yet.</remarks>
    /// <param name="app">The service.</param>
    /// <returns>The service.</returns>
    /// <exception cref="InvalidOperationException"><see cref="ProfilerWeaverServices.AddProfilerWeaver"/> was not called.</exception>
    public static IApplicationBuilder UseProfilerScopes(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<Turns>() is null)
        {
            throw new InvalidOperationException($"{nameof(UseProfilerScopes)} needs services: call " +
                $"builder.Services.{nameof(ProfilerWeaverServices.AddProfilerWeaver)}() first.");
        }
        var options = app.ApplicationServices.GetRequiredService<IOptions<ProfilerWeaverOptions>>().Value;
        return app.Use((context, next) => ProfilerMark.IsOn(context) ? next(context)
            : options.ServerTiming(context) ? Timed(context, next, options)
            : Profile.Current is null ? next(context)
            : InScope(context, next, options));
    }

    static async Task Timed(HttpContext context, RequestDelegate next, ProfilerWeaverOptions options)
    {
        using var measurement = TryMeasure();
        if (measurement is not null)
        {
            context.Response.OnStarting(() =>
            {
                ServerTiming.Add(context.Response, measurement);
                return Task.CompletedTask;
            });
        }
        await InScope(context, next, options).ConfigureAwait(false);
    }

    static Measurement? TryMeasure()
    {
        try
        {
            return Profile.Measure();
        }
        catch (InvalidOperationException)
        {
            // The program is recorded without callers.
            return null;
        }
    }

    static async Task InScope(HttpContext context, RequestDelegate next, ProfilerWeaverOptions options)
    {
        var route = context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? RequestLabels.RouteOf(pattern) : "(none)";
        using var request = Profile.Scope(RequestLabels.Of(MethodOf(context.Request), route));
        using var trace = Activity.Current is { } activity && options.TraceIds(context) && Interlocked.Increment(ref traces) <= MostTraces
            ? Profile.Scope(ScopeKey.Trace, (ScopeKey.Id, activity.TraceId.ToString()))
            : null;
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context).ConfigureAwait(false);
            status = context.Response.StatusCode;
        }
        finally
        {
            // What a scope is called is said when it opens.
            Profile.Scope(RequestLabels.OfStatus(status)).Dispose();
        }
    }

    // Anybody can invent methods, and a recording has but so many labels.
    static string MethodOf(HttpRequest request)
    {
        var method = HttpMethods.GetCanonicalizedValue(request.Method);
        return HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
            || HttpMethods.IsPatch(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? method : "(other)";
    }
}
