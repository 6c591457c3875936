using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ProfilerWeaver;

/// <summary>Sends what the service calls for as long as it runs, if that is wanted.</summary>
sealed class PushService(IOptions<ProfilerWeaverOptions> options, TimeProvider time) : IHostedService
{
    ContinuousPush? push;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { Push: { Length: > 0 } to } given)
            push = ContinuousPush.Start(to, given.PushInterval, given.PushOptions, time, Backoff.Usual());
        return Task.CompletedTask;
    }

    // The last interval is sent; the host waits for that.
    public Task StopAsync(CancellationToken cancellationToken) => push is null ? Task.CompletedTask : Task.Run(push.Dispose, CancellationToken.None);
}
