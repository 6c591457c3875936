using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace ProfilerWeaver;

/// <summary>Who is having something measured: each caller one thing at a time, and not too many at once, because each holds memory.</summary>
sealed class Turns
{
    const int Most = 8;

    readonly HashSet<string> callers = [];

    /// <summary>Begins a measurement of the caller.</summary>
    /// <returns>What ends it; null if it is not the caller's turn.</returns>
    public IDisposable? TryBegin(HttpContext context)
    {
        var caller = NameOf(context.User, context.Connection.RemoteIpAddress);
        lock (callers)
            return callers.Count < Most && callers.Add(caller) ? new Turn(callers, caller) : null;
    }

    static string NameOf(ClaimsPrincipal user, IPAddress? address) => user.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name }
        ? $"user {name}"
        : $"address {address}";

    sealed class Turn(HashSet<string> callers, string caller) : IDisposable
    {
        public void Dispose()
        {
            lock (callers)
                callers.Remove(caller);
        }
    }
}
