namespace ProfilerWeaver;

/// <summary>The ticks of the longest of several calls.</summary>
static class SlowestCall
{
    /// <summary>There were calls, and nobody knows which took longest.</summary>
    public const long Unknown = -1;

    /// <summary>The longest call of two contexts, or of two parts of one; 0: it has none.</summary>
    public static long Of(long left, long right) => left < 0 || right < 0 ? Unknown : Math.Max(left, right);
}
