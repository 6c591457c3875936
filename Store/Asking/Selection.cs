namespace ProfilerWeaver.Store;

/// <summary>Which profiles are meant: a condition of SQL on the table of profiles, and the values of its parameters.</summary>
/// <param name="Text">The same for people.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Values">What its parameters stand for.</param>
/// <param name="Parts">The values of <c>service</c> and <c>day</c>, which say where to look.</param>
sealed record Selection(string Text, string Condition, IReadOnlyList<object> Values, IReadOnlyList<KeyValuePair<string, string>> Parts)
{
    /// <summary>What a clock measures, without what differs between machines: <c>wall</c> of <c>wall (stopwatch)</c>.</summary>
    public const string ClockKind = "trim(regexp_extract(clock, '^[^(,]*'))";

    const string Service = "service";
    const string Day = "day";

    // Others are keys of labels.
    static readonly string[] Columns = [Service, Day, "version", "program", "clock", "profile_id"];

    /// <summary>The profiles that have all of some keys with their values.</summary>
    /// <param name="pairs">Of the form KEY=VALUE.</param>
    /// <param name="parameters">How many parameters there are before.</param>
    /// <exception cref="StoreException">One is of another form.</exception>
    public static Selection Of(IReadOnlyList<string> pairs, int parameters = 0)
    {
        var conditions = new List<string>();
        var values = new List<object>();
        foreach (var pair in pairs)
        {
            var (key, value) = KeyValue.Parse(pair);
            if (Columns.Contains(key))
            {
                values.Add(value);
                conditions.Add($"${parameters + values.Count} in (cast({key} as varchar){(key == "clock" ? ", " + ClockKind : "")})");
                continue;
            }
            values.Add(key);
            values.Add(value);
            conditions.Add($"labels[${parameters + values.Count - 1}] = ${parameters + values.Count}");
        }
        return new(string.Join(" and ", pairs), conditions.Count == 0 ? "true" : string.Join(" and ", conditions), values,
            [.. pairs.Select(KeyValue.Parse).Where(pair => pair.Key is Service or Day)]);
    }

    /// <summary>What to say if there are no such profiles.</summary>
    public StoreException IsEmpty() => new($"the store has no profile with {Text}.");

    /// <summary>Whether some of the profiles may be in a segment.</summary>
    public bool MayBeIn(Segment segment) =>
        Parts.All(part => part.Value == (part.Key == Service ? segment.Service : segment.Partition.DayText));
}
