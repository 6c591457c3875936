namespace ProfilerWeaver;

/// <summary>Makes a <see cref="CallTree"/> by hand, for example from the profile of another tool: enter each context, then
/// everything below it, then leave it.</summary>
public sealed class CallTreeBuilder
{
    readonly CallTreeColumns columns = new();
    int depth;

    /// <summary>Starts a tree, which has its root already: the thread itself.</summary>
    public CallTreeBuilder() => columns.Enter(-1, default);

    /// <summary>Begins a context below the one that was entered last and not left yet.</summary>
    /// <param name="method">The index of the method in <see cref="ProfileData.Methods"/>.</param>
    /// <param name="calls">How often the method was called in this context.</param>
    /// <param name="selfTicks">Time in the method itself, in ticks of the profile's clock.</param>
    /// <param name="cumulativeTicks">Time from entry to exit, including callees, in ticks of the profile's clock.</param>
    /// <param name="resumes">How often a suspended async method or iterator was resumed in this context.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public void Enter(int method, long calls, long selfTicks, long cumulativeTicks, long resumes = 0)
    {
        if (method < 0)
            throw new ArgumentOutOfRangeException(nameof(method), method, "The index of a method is not negative.");
        depth++;
        columns.Enter(method, new()
        {
            Calls = calls,
            SelfTicks = selfTicks,
            CumulativeTicks = cumulativeTicks,
            Resumes = resumes,
        });
    }

    /// <summary>Ends the context that was entered last and not left yet.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void Leave()
    {
        if (depth == 0)
            throw new InvalidOperationException("Every context that was entered has been left.");
        depth--;
        columns.Leave();
    }

    /// <summary>Returns the tree. The builder cannot be used afterwards.</summary>
    /// <exception cref="InvalidOperationException">A context was entered and not left.</exception>
    public CallTree Build()
    {
        if (depth != 0)
            throw new InvalidOperationException($"{depth} contexts were entered and not left.");
        columns.Leave();
        return columns.Build();
    }
}
