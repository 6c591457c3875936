namespace ProfilerWeaver;

/// <summary>What <see cref="Profile.Measure(Extent)"/> measures.</summary>
public enum Extent
{
    /// <summary>What is called in the measurement itself, which is a scope of its own: also after an <c>await</c>, and also work that
    /// is handed to other threads (<see cref="Profile.Scope"/>).</summary>
    Scope,

    /// <summary>What the calling thread does, whatever it is part of.</summary>
    Thread,

    /// <summary>What all threads do.</summary>
    All,
}
