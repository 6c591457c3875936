namespace ProfilerWeaver;

/// <summary>What a <c>.prof</c> file holds.</summary>
/// <param name="Rows">The flat table, which every such file has.</param>
/// <param name="Recording">The call trees; null in a file that another program wrote.</param>
public sealed record ProfContent(IReadOnlyList<MethodStats> Rows, ProfileData? Recording);
