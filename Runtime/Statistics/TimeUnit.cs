namespace ProfilerWeaver;

/// <summary>What times are printed in. Profiles that count bytes or nothing are printed as what they are; of the units
/// only <see cref="Auto"/> means something for bytes.</summary>
public enum TimeUnit
{
    /// <summary>Seconds with three decimals, as in pstats.</summary>
    Seconds,

    /// <summary>Milliseconds with three decimals.</summary>
    Milliseconds,

    /// <summary>Microseconds with three decimals.</summary>
    Microseconds,

    /// <summary>Each figure in the unit that suits it, with four digits: <c>1.234 ms</c>, <c>56.78 KiB</c>.</summary>
    Auto,
}
