namespace ProfilerWeaver;

/// <summary>The profile of another tool.</summary>
/// <param name="Rows">The table.</param>
/// <param name="Recording">The call trees; null if the format has none.</param>
/// <param name="Unit">What the times are.</param>
sealed record ForeignContent(IReadOnlyList<MethodStats> Rows, ProfileData? Recording, ClockUnit Unit);
