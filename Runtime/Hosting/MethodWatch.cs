namespace ProfilerWeaver;

/// <summary>Waits for the first call of a method.</summary>
/// <param name="name">The method, as reports name it, or the last parts of that name.</param>
/// <param name="found">What is done then, once; says whether <see cref="Recorder.LeavingWatched"/> is told of the end of the
/// call.</param>
sealed class MethodWatch(string name, Func<bool> found)
{
    // A thread that should have come by then does not record.
    const int Patience = 100;

    readonly RecorderLock gate = new();
    RecordedMethods known = ModuleTables.ReadAll();
    bool wasFound;
    int? recording;
    Thread? first;

    /// <summary>Looks at a method that is called for the first time from where it is called. Who calls the one that is waited for while
    /// another thread does what is to be done waits for that: its call comes after it.</summary>
    public bool Look(int method)
    {
        if (recording is { } number && !Recorder.IsRecording(number))
            return false;
        using (gate.Enter())
        {
            if (first == Thread.CurrentThread)
            {
                first = null;
                gate.PulseAll();
            }
            if (wasFound || !IsMeant(method))
                return false;
            if (first is not null)
                gate.Wait(Patience);
            if (wasFound)
                return false;
            wasFound = true;
            var isWatched = found();
            if (Recorder.EnteringFirst?.Target == this)
                Recorder.EnteringFirst = null;
            return isWatched;
        }
    }

    /// <summary>Begins to wait: before anything is recorded that counts, as what has been called already is not looked at.</summary>
    /// <param name="recording">The number of the recording that counts; null: the one in progress.</param>
    /// <param name="afterCaller">Whether the calling thread is about to record a call that is to be recorded before.</param>
    public void Begin(int? recording, bool afterCaller)
    {
        this.recording = recording;
        if (afterCaller)
            first = Thread.CurrentThread;
        Recorder.EnteringFirst = Look;
    }

    bool IsMeant(int method)
    {
        if (method >= known.Count)
            known = ModuleTables.ReadAll();
        return method < known.Count && !known.IsResume(method) && IsCalled(known.Label(method).Name);
    }

    bool IsCalled(string other)
    {
        // Parameters stand where overloads collide.
        var end = other.Length > 0 && other[other.Length - 1] == ')' && name[name.Length - 1] != ')' ? other.IndexOf('(') : other.Length;
        var start = end - name.Length;
        return start >= 0 && string.CompareOrdinal(other, start, name, 0, name.Length) == 0 && (start == 0 || other[start - 1] == '.');
    }
}
