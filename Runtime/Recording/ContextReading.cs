namespace ProfilerWeaver;

/// <summary>What contexts had at an instant, by their addresses: what a later reading is to be without.</summary>
sealed class ContextReading
{
    readonly Dictionary<nint, ContextFigures> figures = [];

    /// <summary>Whether async methods were suspended in any of them, and have not completed.</summary>
    public bool HasOpenCalls
    {
        get
        {
            long openCalls = 0;
            foreach (var context in figures.Values)
                openCalls += context.Async.OpenCalls;
            return openCalls != 0;
        }
    }

    /// <summary>Takes note of a context.</summary>
    public void Set(nint address, in ContextFigures context) => figures[address] = context;

    /// <summary>Subtracts what a context had; nothing if it is not known.</summary>
    public void Subtract(nint address, ref ContextFigures context)
    {
        if (figures.TryGetValue(address, out var before))
            context.Subtract(before);
    }

    /// <summary>Adds the contexts of another reading, or replaces them.</summary>
    public void Add(ContextReading later)
    {
        foreach (var context in later.figures)
            figures[context.Key] = context.Value;
    }
}
