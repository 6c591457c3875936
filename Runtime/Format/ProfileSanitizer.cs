namespace ProfilerWeaver;

/// <summary>Makes a recording fit for every tool that reads <c>.prof</c> files: harmless names, and times that are
/// finite and not negative (a clock may run backwards).</summary>
static class ProfileSanitizer
{
    public static ProfileData Sanitize(ProfileData profile)
    {
        var secondsPerTick = profile.SecondsPerTick;
        if (double.IsNaN(secondsPerTick) || double.IsInfinity(secondsPerTick) || secondsPerTick < 0)
            throw new ArgumentException($"{nameof(ProfileData.SecondsPerTick)} is {secondsPerTick}; expected a "
                + "finite, non-negative number.", nameof(profile));
        return profile with { Methods = Sanitize(profile.Methods) };
    }

    public static IReadOnlyList<MethodLabel> Sanitize(IReadOnlyList<MethodLabel> methods)
    {
        var result = new Sequence<MethodLabel>(methods.Count);
        for (var i = 0; i < methods.Count; i++)
            result.Add(LabelSanitizer.Sanitize(methods[i]));
        return result;
    }

    public static MethodStats[] Sanitize(IReadOnlyList<MethodStats> rows)
    {
        var result = new MethodStats[rows.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var row = rows[i];
            if (IsHarmless(row))
            {
                result[i] = row;
                continue;
            }
            var callers = new Sequence<KeyValuePair<MethodLabel, Figures>>(row.Callers.Count);
            for (var j = 0; j < row.Callers.Count; j++)
                callers.Add(new(row.Callers[j].Key, Sanitize(row.Callers[j].Value)));
            result[i] = new MethodStats(row.Label, Sanitize(row.Figures), callers);
        }
        return result;
    }

    static bool IsHarmless(MethodStats row)
    {
        for (var i = 0; i < row.Callers.Count; i++)
        {
            if (!IsHarmless(row.Callers[i].Value))
                return false;
        }
        return IsHarmless(row.Figures);
    }

    static bool IsHarmless(in Figures figures) =>
        figures is { TotalTime: >= 0 and <= double.MaxValue, CumulativeTime: >= 0 and <= double.MaxValue };

    public static Figures Sanitize(in Figures figures) => IsHarmless(figures) ? figures : figures with
    {
        TotalTime = Sanitize(figures.TotalTime),
        CumulativeTime = Sanitize(figures.CumulativeTime),
    };

    static double Sanitize(double seconds) => Math.Min(Math.Max(seconds, 0), double.MaxValue);
}
