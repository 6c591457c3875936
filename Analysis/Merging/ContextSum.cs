namespace ProfilerWeaver;

/// <summary>The figures of a context that several trees have.</summary>
struct ContextSum
{
    ContextFigures figures;
    Occurrence occurrence;

    /// <summary>Adds those of one tree.</summary>
    public void Add(in ContextFigures other)
    {
        occurrence = occurrence.And(other.SpelledOccurrence);
        figures.Add(other);
    }

    /// <summary>The sum.</summary>
    public readonly ContextFigures ToFigures() => figures with { Occurrence = occurrence.Profiles > 1 ? occurrence : default };
}
