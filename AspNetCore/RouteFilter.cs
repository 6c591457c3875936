namespace ProfilerWeaver;

/// <summary>Of a window, what happened in the requests of one route.</summary>
static class RouteFilter
{
    const int MostNamed = 20;

    /// <summary>The part of a window that lies in requests of a route.</summary>
    public static ProfileData Apply(ProfileData window, string route)
    {
        var asNamed = RequestLabels.RouteOf(route);
        return window.WithinScopes(scope => RouteIn(scope) is { } other && (other == asNamed || other == route));
    }

    /// <summary>Says that nothing of a route is in a window, and what is.</summary>
    public static string Nothing(ProfileData window, string route)
    {
        var others = window.Methods.Where(method => ScopeName.Is(method)).Select(method => RouteIn(ScopeName.Parse(method.Name))).OfType<string>()
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return $"No request of the route {route} began in that time. " + (others.Count == 0
            ? $"Nor did one of any other. (Requests are told apart by app.{nameof(ProfilerScopes.UseProfilerScopes)}(), after UseRouting.)"
            : $"Those of these did: {string.Join(", ", others.Take(MostNamed))}{(others.Count > MostNamed ? $" and {others.Count - MostNamed} more" : "")}");
    }

    static string? RouteIn(ScopeName scope) => scope.Pairs.FirstOrDefault(pair => pair.Key == ScopeKey.Route).Value;
}
