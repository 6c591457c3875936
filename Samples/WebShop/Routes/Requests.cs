using Microsoft.AspNetCore.Routing;
using ProfilerWeaver;

namespace WebShop.Routes;

static class Requests
{
    /// <summary>Makes a scope of each request. Its label is the route, of which there are few, and not the path.</summary>
    public static async Task Measure(HttpContext context, RequestDelegate next)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
        using (Profile.Scope($"{context.Request.Method} {route}"))
            await next(context);
    }
}
