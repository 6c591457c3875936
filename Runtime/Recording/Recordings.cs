namespace ProfilerWeaver;

/// <summary>Begins and ends recordings. They take turns: the next one takes down the trees of the last one, which is moved
/// elsewhere before. Callers must take turns, too.</summary>
static class Recordings
{
    // The one whose trees the threads still hold, if it has ended.
    static RecordedProfile? s_inArenas;

    /// <summary>Begins a recording.</summary>
    /// <param name="clock">What it measures with.</param>
    /// <param name="subcalls">Whether callers are told apart.</param>
    /// <param name="builtins">Whether calls of external methods are recorded, where their call sites are woven.</param>
    /// <param name="isAutomatic">Whether it belongs to the profile that is written when the program ends.</param>
    /// <param name="compensate">Whether readers of the profile are to take the overhead off.</param>
    public static Recording Begin(Clock clock, bool subcalls, bool builtins, bool isAutomatic, bool compensate)
    {
        s_inArenas?.Move();
        s_inArenas = null;
        return new(clock, subcalls, builtins, isAutomatic) { Compensate = compensate };
    }

    /// <summary>Ends a recording that has been switched off.</summary>
    /// <returns>What was recorded.</returns>
    public static RecordedProfile End(Recording recording)
    {
        var profile = RecordedProfile.OfEnded(recording);
        recording.End();
        s_inArenas = profile;
        return profile;
    }
}
