namespace ProfilerWeaver;

/// <summary>The figures of a context that several trees have.</summary>
struct ContextSum
{
    ContextFigures figures;
    Occurrence occurrence;

    /// <summary>Adds those of one tree.</summary>
    public void Add(in ContextFigures other)
    {
        occurrence = occurrence.Profiles == 0 ? other.SpelledOccurrence : occurrence.And(other.SpelledOccurrence);
        figures.Add(other);
    }

    /// <summary>The sum over trees of several profiles.</summary>
    public readonly ContextFigures OfProfiles() => figures with { Occurrence = occurrence.Profiles > 1 ? occurrence : default };

    /// <summary>The sum over trees of one profile.</summary>
    public readonly ContextFigures OfThreads() => figures;
}
