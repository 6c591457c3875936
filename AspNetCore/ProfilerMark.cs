using Microsoft.AspNetCore.Http;

namespace ProfilerWeaver;

/// <summary>Marks what is the profiler's, and no part of what the service does.</summary>
sealed class ProfilerMark
{
    /// <summary>The mark.</summary>
    public static ProfilerMark Instance { get; } = new();

    /// <summary>Whether a request is for the profiler.</summary>
    public static bool IsOn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ProfilerMark>() is not null;
}
