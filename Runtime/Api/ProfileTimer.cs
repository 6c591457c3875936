namespace ProfilerWeaver;

/// <summary>Makes clocks of what users pass as timers, and keeps the timers from switching what they are the clock
/// of.</summary>
static class ProfileTimer
{
    const double NanosecondsPerSecond = 1e9;

    // A profile that is switched while its recorder waits for the time would be switched in the midst of a call.
    [ThreadStatic]
    static bool t_isRunning;

    /// <summary>The clock of a timer that counts units of its own; elapsed time if there is none.</summary>
    public static Clock Clock(Func<long>? timer, double timeUnit)
    {
        if (!(timeUnit >= 0) || double.IsInfinity(timeUnit))
        {
            throw new ArgumentOutOfRangeException(nameof(timeUnit), timeUnit,
                "The time unit must be positive (the length of the timer's unit in seconds), or 0 if the timer returns seconds.");
        }
        return timer is null
            ? ProfilerWeaver.Clock.Wall
            : Recorder.MakeClock(() => Guarded(timer), timeUnit == 0 ? 1 : timeUnit);
    }

    /// <summary>The clock of a timer that returns seconds.</summary>
    public static Clock Clock(Func<double> timer) => timer is null
        ? throw new ArgumentNullException(nameof(timer))
        : Recorder.MakeClock(() => ToNanoseconds(Guarded(timer)), 1 / NanosecondsPerSecond);

    /// <summary>Throws if this thread is inside a timer.</summary>
    public static void Refuse(string operation)
    {
        if (t_isRunning)
        {
            throw new InvalidOperationException($"A profile's timer called {operation}. The timer runs in the middle of a " +
                "recorded call; call it from elsewhere.");
        }
    }

    static T Guarded<T>(Func<T> timer)
    {
        var wasRunning = t_isRunning;
        t_isRunning = true;
        try
        {
            return timer();
        }
        finally
        {
            t_isRunning = wasRunning;
        }
    }

    // The recorder says what was wrong, and takes 0.
    static long ToNanoseconds(double seconds)
    {
        var nanoseconds = Math.Floor(seconds * NanosecondsPerSecond);
        return nanoseconds is >= long.MinValue and < long.MaxValue
            ? (long)nanoseconds
            : throw new NotFiniteNumberException($"{seconds} is not a time in seconds", seconds);
    }
}
