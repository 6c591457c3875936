using Microsoft.AspNetCore.Http;

namespace ProfilerWeaver;

/// <summary>What the profiler of a service may do (<see cref="ProfilerWeaverServices.AddProfilerWeaver"/>).</summary>
public sealed class ProfilerWeaverOptions
{
    /// <summary>The longest time that somebody can have measured at the endpoint. Default: a minute.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many contexts of the call tree a report or a profile for pprof has at most; the others are put together. A context
    /// takes some 100 bytes of memory while it is written. Default: 200,000.</summary>
    public int MaxContexts { get; set; } = 200_000;

    /// <summary>For which requests the header <c>Server-Timing</c> says what they have called, so that the developer tools of browsers
    /// show it. Whoever sends such a request sees names of methods. Default: for none.</summary>
    public Func<HttpContext, bool> ServerTiming { get; set; } = _ => false;

    /// <summary>Which requests have the id of their trace in their scope (<see cref="ProfilerScopes.UseProfilerScopes"/>), so that they
    /// are found by it: choose few. After 500 none has any more. Default: none.</summary>
    public Func<HttpContext, bool> TraceIds { get; set; } = _ => false;

    /// <summary>Where to send what the service calls, interval by interval: <c>pyroscope=URL</c>, <c>otlp=URL</c> or a folder
    /// (<see cref="ContinuousPush"/>). The service is recorded all the time then. Default: nowhere.</summary>
    public string? Push { get; set; }

    /// <summary>How often to send it; a second at least. Default: a minute.</summary>
    public TimeSpan PushInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How to send it: the name of the service, labels, the spool.</summary>
    public PushOptions PushOptions { get; set; } = new();
}
