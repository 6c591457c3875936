using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Where profiles are sent.</summary>
abstract class Destination : IDisposable
{
    /// <summary>What messages call it.</summary>
    public abstract string Name { get; }

    /// <summary>What tells it from all others: where and for whom.</summary>
    public abstract string Identity { get; }

    /// <summary>Makes what is sent there of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="pruned">Is told that not all of its contexts could be kept.</param>
    /// <exception cref="InvalidOperationException">It cannot be sent there.</exception>
    /// <exception cref="EmptyProfileException">Nothing is in it.</exception>
    public abstract PushItem Encode(PushedProfile profile, Action<string> pruned);

    /// <summary>Sends something, once.</summary>
    public abstract Task<PushAnswer> Send(PushItem item, CancellationToken cancellation);

    public virtual void Dispose()
    {
    }

    protected static LimitedBody Limited(PushedProfile profile, Action<string> pruned, Action<ExportedProfile, Stream> write)
    {
        var body = LimitedBody.Write(profile.Stats, write);
        if (body.IsPruned)
        {
            var contexts = body.Contexts.ToString("N0", CultureInfo.InvariantCulture);
            pruned($"{profile.Title} has {contexts} contexts, and servers accept {LimitedBody.Limits}: the smallest are combined as " +
                $"{TreePruning.Name}, and sums stay the same.");
        }
        return body;
    }
}
