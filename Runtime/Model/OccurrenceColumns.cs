namespace ProfilerWeaver;

/// <summary>The <see cref="Occurrence"/> of each context of a merged profile.</summary>
sealed class OccurrenceColumns(int capacity)
{
    CallsColumn profiles = new(capacity);
    CallsColumn fewest = new(capacity);
    CallsColumn most = new(capacity);

    public Occurrence this[int index]
    {
        get => new(profiles[index], fewest[index], most[index]);
        set
        {
            profiles.Set(index, value.Profiles);
            fewest.Set(index, value.FewestCalls);
            most.Set(index, value.MostCalls);
        }
    }

    public void Resize(int capacity)
    {
        profiles.Resize(capacity);
        fewest.Resize(capacity);
        most.Resize(capacity);
    }
}
