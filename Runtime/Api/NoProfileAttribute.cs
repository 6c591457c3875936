namespace ProfilerWeaver;

/// <summary>
/// Excludes the marked element, and everything inside it, from weaving. The time spent there counts towards the callers.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Module | AttributeTargets.Class | AttributeTargets.Struct |
    AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Event, Inherited = false)]
public sealed class NoProfileAttribute : Attribute;
