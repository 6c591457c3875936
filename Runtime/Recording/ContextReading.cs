namespace ProfilerWeaver;

/// <summary>What contexts had at an instant, by their addresses: what a later reading is to be without.</summary>
sealed class ContextReading
{
    readonly Dictionary<nint, ContextFigures> figures = [];
    readonly HashSet<nint> open = [];
    bool? hasOpenCalls;

    /// <summary>Whether async methods were suspended in any of them, and have not completed.</summary>
    public bool HasOpenCalls
    {
        get
        {
            if (hasOpenCalls is { } known)
                return known;
            long openCalls = 0;
            foreach (var context in figures.Values)
                openCalls += context.Async.OpenCalls;
            hasOpenCalls = openCalls != 0;
            return openCalls != 0;
        }
    }

    /// <summary>Takes note of a context.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="context">Its figures.</param>
    /// <param name="isOpen">Whether a call of it is open, which is among them.</param>
    public void Set(nint address, in ContextFigures context, bool isOpen)
    {
        figures[address] = context;
        hasOpenCalls = null;
        if (isOpen)
            open.Add(address);
    }

    /// <summary>Subtracts what a context had; nothing if it is not known.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="own">What it has now.</param>
    /// <param name="context">What it is to be subtracted from, with the slowest call of <paramref name="own"/>.</param>
    public void Subtract(nint address, in ContextFigures own, ref ContextFigures context)
    {
        figures.TryGetValue(address, out var before);
        context.Subtract(before);
        context.SlowestTicks = SlowestSince(own, before, open.Contains(address));
    }

    // The longest call cannot be subtracted: it is known only if it is later than all that was before, or nothing was.
    long SlowestSince(in ContextFigures own, in ContextFigures before, bool wasOpen)
    {
        var callsBefore = before.Calls + before.Resumes;
        if (own.Calls + own.Resumes == callsBefore)
            return 0;
        var isLater = !wasOpen && (callsBefore == 0 || own.SlowestTicks > before.SlowestTicks);
        // One that was suspended then may have ended here.
        return isLater && !((own.Async.Key | own.Async.Continues) != 0 && HasOpenCalls) ? own.SlowestTicks : SlowestCall.Unknown;
    }

    /// <summary>Adds the contexts of another reading, or replaces them.</summary>
    public void Add(ContextReading later)
    {
        foreach (var context in later.figures)
            figures[context.Key] = context.Value;
        open.UnionWith(later.open);
        hasOpenCalls = null;
    }
}
