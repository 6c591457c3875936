namespace ProfilerWeaver;

/// <summary>The figures of one calling context, in ticks of the profile's clock.</summary>
struct ContextFigures
{
    /// <inheritdoc cref="CallNode.Calls"/>
    public long Calls;

    /// <inheritdoc cref="CallNode.RecursiveCalls"/>
    public long RecursiveCalls;

    /// <inheritdoc cref="CallNode.Resumes"/>
    public long Resumes;

    /// <inheritdoc cref="CallNode.SelfTicks"/>
    public long SelfTicks;

    /// <inheritdoc cref="CallNode.CumulativeTicks"/>
    public long CumulativeTicks;

    /// <inheritdoc cref="CallNode.TruncatedCalls"/>
    public long TruncatedCalls;

    /// <inheritdoc cref="CallNode.Samples"/>
    public long Samples;

    /// <inheritdoc cref="CallNode.SlowestTicks"/>
    /// <remarks><see cref="SlowestCall.Unknown"/> where there is one that is not known.</remarks>
    public long SlowestTicks;

    /// <summary>Of a merged profile: how the calls are spread over its parts.</summary>
    /// <remarks>Not changed by <see cref="Add"/>: what is added there is of one profile.</remarks>
    public Occurrence Occurrence;

    /// <summary>The same in words of any profile: one that is not noted is that of one profile.</summary>
    public readonly Occurrence SpelledOccurrence => Occurrence.Profiles == 0 ? new(1, Calls, Calls) : Occurrence;

    /// <summary>What there is besides, if the method is async.</summary>
    public AsyncFigures Async;

    /// <summary>Copies all to another place. Most contexts are not of async methods, whose figures are half of it.</summary>
    public readonly void CopyTo(ref ContextFigures target)
    {
        target.Calls = Calls;
        target.RecursiveCalls = RecursiveCalls;
        target.Resumes = Resumes;
        target.SelfTicks = SelfTicks;
        target.CumulativeTicks = CumulativeTicks;
        target.TruncatedCalls = TruncatedCalls;
        target.Samples = Samples;
        target.SlowestTicks = SlowestTicks;
        target.Occurrence = Occurrence;
        if (!Async.IsEmpty || !target.Async.IsEmpty)
            target.Async = Async;
    }

    /// <summary>Adds each figure of another context.</summary>
    public void Add(in ContextFigures other)
    {
        Calls += other.Calls;
        RecursiveCalls += other.RecursiveCalls;
        Resumes += other.Resumes;
        SelfTicks += other.SelfTicks;
        CumulativeTicks += other.CumulativeTicks;
        TruncatedCalls += other.TruncatedCalls;
        Samples += other.Samples;
        SlowestTicks = SlowestCall.Of(SlowestTicks, other.SlowestTicks);
        Async.Add(other.Async);
    }

    /// <summary>Subtracts each figure of another reading, but for the slowest call, which is no sum.</summary>
    public void Subtract(in ContextFigures other)
    {
        Calls -= other.Calls;
        RecursiveCalls -= other.RecursiveCalls;
        Resumes -= other.Resumes;
        SelfTicks -= other.SelfTicks;
        CumulativeTicks -= other.CumulativeTicks;
        TruncatedCalls -= other.TruncatedCalls;
        Samples -= other.Samples;
        Async.Subtract(other.Async);
    }
}
