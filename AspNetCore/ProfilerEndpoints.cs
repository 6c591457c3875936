using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ProfilerWeaver;

/// <summary>Maps the profiler's endpoint.</summary>
public static class ProfilerEndpoints
{
    /// <summary>Answers below a path, with Go's conventions: <c>GET profile?seconds=10</c> for <c>go tool pprof</c>, <c>report</c> for
    /// browsers, <c>prof</c> for <c>dotnet prof</c>, <c>top</c> as server-sent events; <c>POST start</c> and <c>stop</c>.</summary>
    /// <remarks>Only this machine is answered, without a proxy in between, unless <c>RequireAuthorization</c> or <c>RequireHost</c> is
    /// called on the result.</remarks>
    /// <param name="endpoints">The routes of the service.</param>
    /// <param name="path">The path, for example <c>/debug/pprof</c>.</param>
    /// <returns>What says who else may use it.</returns>
    /// <exception cref="InvalidOperationException"><see cref="ProfilerWeaverServices.AddProfilerWeaver"/> was not called.</exception>
    /// <example><code>app.MapProfiler("/debug/pprof").RequireAuthorization("operators");</code></example>
    public static IEndpointConventionBuilder MapProfiler(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(path);
        if (endpoints.ServiceProvider.GetService<Turns>() is null)
        {
            throw new InvalidOperationException($"{nameof(MapProfiler)} needs services: call " +
                $"builder.Services.{nameof(ProfilerWeaverServices.AddProfilerWeaver)}() first.");
        }
        var group = endpoints.MapGroup(path);
        Get("/", Index);
        Get("profile", context => MeasuredWindow.Measure(context, WindowFormat.Pprof));
        Get("report", context => MeasuredWindow.Measure(context, WindowFormat.Report));
        Get("prof", context => MeasuredWindow.Measure(context, WindowFormat.Prof));
        Get("top", LiveRows.Send);
        Post("start", Switches.Start);
        Post("stop", Switches.Stop);
        group.WithMetadata(ProfilerMark.Instance);
        return group;

        void Get(string name, RequestDelegate answer) => group.MapGet(name, Guarded(answer));

        void Post(string name, RequestDelegate answer) => group.MapPost(name, Guarded(answer));
    }

    static RequestDelegate Guarded(RequestDelegate answer) => context => Access.WhyNot(context) is { } reason
        ? Answer.Text(context, StatusCodes.Status403Forbidden, reason)
        : answer(context);

    static Task Index(HttpContext context)
    {
        if (context.Request.Path.Value is { } path && path.EndsWith('/'))
            return Answer.Page(context, IndexPage.Of(AutomaticProfile.Current is not null));
        // The links are relative.
        context.Response.Redirect($"{context.Request.PathBase}{context.Request.Path}/");
        return Task.CompletedTask;
    }
}
