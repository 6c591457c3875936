namespace ProfilerWeaver;

public sealed partial class Profile
{
    /// <summary>Opens a context with a label under the current one: everything called until it is disposed lies below it, also after
    /// an <c>await</c>, and also work that is handed to other threads, as <see cref="AsyncLocal{T}"/> flows.</summary>
    /// <param name="label">What the row is called. At most 1,000 different labels of a recording are told apart; others are
    /// <c>(other)</c>.</param>
    /// <param name="labels">Keys and values, which are part of the name, <c>request route=/orders</c>, labels of samples in pprof, and
    /// what <c>--scope route=/orders</c> chooses by.</param>
    /// <returns>What closes it. It does nothing if nothing is recorded.</returns>
    /// <example><code>using (Profile.Scope("GET /orders/{id}")) { … }</code></example>
    public static IDisposable Scope(string label, params (string Key, string Value)[] labels)
    {
        if (label is null)
            throw new ArgumentNullException(nameof(label));
        if (labels is null)
            throw new ArgumentNullException(nameof(labels));
        return Current is null ? NoScope.Instance
            : (IDisposable?)Recorder.BeginScope(labels.Length == 0 ? label : ScopeName.Of(label, labels)) ?? NoScope.Instance;
    }

    sealed class NoScope : IDisposable
    {
        public static NoScope Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
