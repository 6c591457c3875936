namespace ProfilerWeaver;

/// <summary>
/// Keeps the weaver away from what it marks and from everything inside. The time spent there falls to whoever calls it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Module | AttributeTargets.Class | AttributeTargets.Struct |
    AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property |
    AttributeTargets.Event, Inherited = false)]
public sealed class NoProfileAttribute : Attribute;
