namespace ProfilerWeaver;

/// <summary>What a profile's figures are measured in, once its ticks have been multiplied by the length of a
/// tick.</summary>
public enum ClockUnit
{
    /// <summary>Time.</summary>
    Seconds,

    /// <summary>Memory allocated on the managed heap.</summary>
    Bytes,

    /// <summary>Nothing: only calls are counted, and all times are 0.</summary>
    None,

    /// <summary>How often something was found, or whatever else another tool counts that is neither time nor memory.</summary>
    Samples,
}
