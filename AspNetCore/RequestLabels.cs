using System.Collections.Concurrent;
using System.Globalization;

namespace ProfilerWeaver;

/// <summary>The names of requests' scopes. Each is made once: the recorder finds a label that it was given before without looking at its
/// letters.</summary>
static class RequestLabels
{
    // The routes of a service are known when it starts; what adds some while it runs is not remembered without end.
    const int Most = 1000;

    static readonly ConcurrentDictionary<(string, string), string> Requests = [];
    static readonly ConcurrentDictionary<int, string> Statuses = [];
    static readonly ConcurrentDictionary<string, string> WithSlash = [];

    /// <summary>That of a request.</summary>
    public static string Of(string method, string route) => Known(Requests, (method, route), static request =>
        ScopeName.Of(ScopeKey.Request, [(ScopeKey.Method, request.Item1), (ScopeKey.Route, request.Item2)]));

    /// <summary>A route as it is named: with the slash that a path begins with, which controllers and pages leave out.</summary>
    /// <param name="pattern">The route's pattern.</param>
    public static string RouteOf(string pattern) => pattern is ['/', ..] ? pattern
        : WithSlash.TryGetValue(pattern, out var route) ? route
        : WithSlash.Count < Most ? WithSlash.GetOrAdd(pattern, static text => "/" + text)
        : "/" + pattern;

    /// <summary>That of what is answered.</summary>
    public static string OfStatus(int status) => Known(Statuses, status, static code =>
        ScopeName.Of(ScopeKey.Response, [(ScopeKey.Status, code.ToString(CultureInfo.InvariantCulture))]));

    static string Known<T>(ConcurrentDictionary<T, string> labels, T key, Func<T, string> make)
        where T : notnull =>
        labels.TryGetValue(key, out var label) ? label
        : labels.Count < Most ? labels.GetOrAdd(key, make)
        : make(key);
}
