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

    /// <summary>Sets those of contexts to those of contexts of another tree.</summary>
    public void Copy(OccurrenceColumns from, int start, int place, int count)
    {
        profiles.Copy(from.profiles, start, place, count);
        fewest.Copy(from.fewest, start, place, count);
        most.Copy(from.most, start, place, count);
    }

    public void Resize(int capacity)
    {
        profiles.Resize(capacity);
        fewest.Resize(capacity);
        most.Resize(capacity);
    }
}
