namespace ProfilerWeaver;

/// <summary>A test that is being measured.</summary>
/// <param name="name">Its full name.</param>
sealed class RunningTest(string name)
{
    volatile bool hasEnded;

    public string Name => name;

    public Measurement? Measurement { get; set; }

    /// <summary>Whether it ends with its task, and not with its method.</summary>
    public bool IsFollowed { get; set; }

    public bool HasEnded
    {
        get => hasEnded;
        set => hasEnded = value;
    }
}
