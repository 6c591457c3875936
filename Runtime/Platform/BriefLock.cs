namespace ProfilerWeaver;

/// <summary>A lock that is held for some nanoseconds and taken millions of times: to take it and to give it back is a store each, and
/// asks nothing of the system, which could overwrite the caller's errors (<see cref="CallerErrors"/>).</summary>
sealed class BriefLock
{
    int taken;

    /// <summary>Takes the lock, if nobody has it.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool TryEnter() => Interlocked.CompareExchange(ref taken, 1, 0) == 0;

    /// <summary>Takes the lock, and waits for it as long as it takes. No interrupt ends it: yielding is no wait to .NET.</summary>
    public void Enter()
    {
        if (TryEnter())
            return;
        var errors = CallerErrors.Save();
        while (!TryEnter())
            Thread.Yield();
        errors.Restore();
    }

    /// <summary>Gives it back.</summary>
    public void Exit() => Volatile.Write(ref taken, 0);
}
