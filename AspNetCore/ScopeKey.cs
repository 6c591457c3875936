namespace ProfilerWeaver;

/// <summary>Labels and keys of the scopes that requests have.</summary>
static class ScopeKey
{
    public const string Request = "request";
    public const string Method = "method";
    public const string Route = "route";
    public const string Response = "response";
    public const string Status = "status";
    public const string Trace = "trace";
    public const string Id = "id";
}
