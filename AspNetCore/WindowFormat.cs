namespace ProfilerWeaver;

/// <summary>In which form a window is answered.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="FileName">Under which name browsers keep it; null: they show it.</param>
/// <param name="Write">Writes it, with so many contexts at most.</param>
sealed record WindowFormat(string ContentType, string? FileName, Action<ProfileData, int, Stream> Write)
{
    const string Binary = "application/octet-stream";

    /// <summary>As Go's endpoint answers: for <c>go tool pprof</c>, Parca and Grafana.</summary>
    public static WindowFormat Pprof { get; } = new(Binary, "profile", (profile, most, output) =>
        new PprofWriter().Write(new(new Stats(profile), new() { MaxNodes = most }), output));

    /// <summary>The report for browsers.</summary>
    public static WindowFormat Report { get; } = new("text/html; charset=utf-8", null, (profile, most, output) =>
        HtmlReport.Write(new(profile), new() { MostContexts = most }, output));

    /// <summary>The file that <c>dotnet prof</c> and Python's <c>pstats</c> read.</summary>
    public static WindowFormat Prof { get; } = new(Binary, "profile.prof", (profile, _, output) => ProfFile.Write(profile, output));
}
