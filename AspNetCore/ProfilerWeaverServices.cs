using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProfilerWeaver;

/// <summary>Adds the profiler to the services of a host.</summary>
public static class ProfilerWeaverServices
{
    /// <summary>Adds what <see cref="ProfilerEndpoints.MapProfiler"/> and <see cref="ProfilerScopes.UseProfilerScopes"/> need, and, if
    /// <see cref="ProfilerWeaverOptions.Push"/> says where, sends what the service calls.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddProfilerWeaver(this IServiceCollection services, Action<ProfilerWeaverOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ProfilerWeaverOptions>();
        if (configure is not null)
            options.Configure(configure);
        options.Validate(given => given.MaxDuration > TimeSpan.Zero && given.MaxDuration <= TimeSpan.FromDays(1),
            $"{nameof(ProfilerWeaverOptions.MaxDuration)} must be greater than 0, and a day at most");
        options.Validate(given => given.MaxContexts > 1, $"{nameof(ProfilerWeaverOptions.MaxContexts)} must be at least 2");
        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Turns>();
        services.AddHostedService<PushService>();
        return services;
    }
}
