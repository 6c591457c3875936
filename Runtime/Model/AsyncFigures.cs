namespace ProfilerWeaver;

/// <summary>What a context of an async method has besides the figures of every context.</summary>
/// <remarks>Each of the parts that a context was recorded in has a share, of whatever sign; the sum of all shares is the context's
/// (<see cref="WrittenTrees"/>).</remarks>
struct AsyncFigures
{
    /// <summary>What <see cref="Continues"/> names this context by; 0 if nothing needs to.</summary>
    public int Key;

    /// <summary>The <see cref="Key"/> of the context whose activations are resumed in this one; 0 if it is none such.</summary>
    public int Continues;

    /// <inheritdoc cref="CallNode.ElapsedTicks"/>
    public long ElapsedTicks;

    /// <inheritdoc cref="CallNode.WaitingTicks"/>
    public long WaitingTicks;

    /// <inheritdoc cref="CallNode.OpenCalls"/>
    public long OpenCalls;

    /// <summary>How many of the resumes did not happen below the caller, who so has none of what recording them takes.</summary>
    public long ResumesElsewhere;

    /// <summary>Whether there is nothing to note.</summary>
    public readonly bool IsEmpty =>
        ((long)Key | (long)Continues | ElapsedTicks | WaitingTicks | OpenCalls | ResumesElsewhere) == 0;

    /// <summary>The same when <paramref name="ticks"/> of what was measured as running were the recorder's.</summary>
    public readonly AsyncFigures Without(long ticks) =>
        this with { ElapsedTicks = Math.Max(WaitingTicks, ElapsedTicks - ticks) };

    /// <summary>Adds another share.</summary>
    public void Add(in AsyncFigures other)
    {
        ElapsedTicks += other.ElapsedTicks;
        WaitingTicks += other.WaitingTicks;
        OpenCalls += other.OpenCalls;
        ResumesElsewhere += other.ResumesElsewhere;
    }

    /// <summary>Subtracts another share.</summary>
    public void Subtract(in AsyncFigures other)
    {
        ElapsedTicks -= other.ElapsedTicks;
        WaitingTicks -= other.WaitingTicks;
        OpenCalls -= other.OpenCalls;
        ResumesElsewhere -= other.ResumesElsewhere;
    }
}
