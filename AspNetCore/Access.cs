using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ProfilerWeaver;

/// <summary>Who may use the endpoint: somebody on this machine or, if the user has opened it, whoever the user lets in; and nobody's
/// browser on behalf of another site.</summary>
static class Access
{
    const string FetchSite = "Sec-Fetch-Site";

    // What proxies add, and what ForwardedHeadersMiddleware leaves of it.
    static readonly string[] HeadersOfProxies =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host",
        "X-Original-Proto",
    ];

    /// <summary>Why a request is refused; null if it is not.</summary>
    public static string? WhyNot(HttpContext context) => IsForAnotherSite(context.Request)
        ? "A page of another site made this request."
        : context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? "The antiforgery token is missing or invalid."
            : IsOpened(context.GetEndpoint()?.Metadata) ? null : WhyNotOnThisMachine(context);

    // Whoever authorizes, or chooses hosts, has already let the request through.
    static bool IsOpened(EndpointMetadataCollection? metadata) => metadata is not null && metadata.GetMetadata<IAllowAnonymous>() is null
        && (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<IHostMetadata>() is { Hosts.Count: > 0 });

    // A loopback address is proof only if no proxy is in between, and the name only if no other site has that address for its own.
    static string? WhyNotOnThisMachine(HttpContext context) =>
        Array.Exists(HeadersOfProxies, context.Request.Headers.ContainsKey)
            ? "The profiler answers only requests from its own machine, and a proxy forwarded this one. " + HowToOpen
            : !IsLoopback(context.Connection.RemoteIpAddress) || !IsNameOfLoopback(context.Request.Host.Host)
                ? "The profiler answers only requests from its own machine, to localhost. " + HowToOpen
                : null;

    static string HowToOpen => $"{nameof(ProfilerEndpoints.MapProfiler)}(...).RequireAuthorization() opens it to authorized users.";

    static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    static bool IsNameOfLoopback(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsLoopback(address));

    // Browsers say so in one of these headers; where both are missing, it is no browser.
    static bool IsForAnotherSite(HttpRequest request)
    {
        if (request.Headers.TryGetValue(FetchSite, out var site))
            return site != "same-origin" && site != "none";
        var origin = request.Headers.Origin;
        return origin.Count > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
