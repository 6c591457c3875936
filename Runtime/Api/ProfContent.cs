namespace ProfilerWeaver;

/// <summary>The content of a <c>.prof</c> file.</summary>
/// <param name="Rows">The flat table, which every file has.</param>
/// <param name="Recording">The call trees; null in a file written by another program.</param>
public sealed record ProfContent(IReadOnlyList<MethodStats> Rows, ProfileData? Recording);
