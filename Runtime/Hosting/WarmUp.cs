namespace ProfilerWeaver;

/// <summary>The start of a program that is left out of its profile: it is recorded like the rest, and forgotten when it is
/// over.</summary>
sealed class WarmUp
{
    readonly string what;
    readonly Action forget;
    int isOver;

    WarmUp(string what, Action forget)
    {
        this.what = what;
        this.forget = forget;
    }

    /// <summary>The warm-up that a program's settings ask for; null if they ask for none.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="forget">Forgets what has been recorded so far.</param>
    public static WarmUp? Begin(RunSettings settings, Action forget)
    {
        if (settings.StartAt is { } method)
        {
            var warmUp = new WarmUp($"{Printable.Text(method)} was never called (give a method as reports name it)", forget);
            Recorder.EnteringFirst = new MethodWatch(method, warmUp.End).Look;
            return warmUp;
        }
        if (settings.Warm is { } time)
        {
            var warmUp = new WarmUp("the program ended during its warm-up", forget);
            BackgroundThread.Begin("ProfilerWeaver warm-up", () =>
            {
                Pause.For(time);
                Recorder.Unrecorded(warmUp.End);
            });
            return warmUp;
        }
        return null;
    }

    /// <summary>Says it if the program has ended during its warm-up: then nothing was forgotten.</summary>
    public void Complain()
    {
        if (Volatile.Read(ref isOver) == 0)
            Complaint.Once($"{what}: the profile has the whole run");
    }

    void End()
    {
        if (Interlocked.Exchange(ref isOver, 1) == 0)
            forget();
    }

    /// <summary>Waits for the first call of a method.</summary>
    /// <param name="name">The method, as reports name it, or the last parts of that name.</param>
    /// <param name="found">What is done then, once.</param>
    sealed class MethodWatch(string name, Action found)
    {
        RecordedMethods known = ModuleTables.ReadAll();

        /// <summary>Looks at a method that is called for the first time from where it is called.</summary>
        public void Look(int method)
        {
            if (method >= known.Count)
                known = ModuleTables.ReadAll();
            if (method >= known.Count || !IsCalled(known.Label(method).Name))
                return;
            Recorder.EnteringFirst = null;
            found();
        }

        bool IsCalled(string other)
        {
            // Parameters stand where overloads collide.
            var end = other.Length > 0 && other[other.Length - 1] == ')' && name[name.Length - 1] != ')' ? other.IndexOf('(') : other.Length;
            var start = end - name.Length;
            return start >= 0 && string.CompareOrdinal(other, start, name, 0, name.Length) == 0 && (start == 0 || other[start - 1] == '.');
        }
    }
}
