namespace ProfilerWeaver;

/// <summary>One row of a flat profile: a method, its figures, and what each caller contributed to them.</summary>
/// <param name="Label">What the row is called.</param>
/// <param name="Figures">The figures over all callers.</param>
/// <param name="Callers">For each caller the calls that it made, in the order in which the callers were first seen.
/// A call from outside every recorded method has no caller, so the calls here can be fewer than those of the row.
/// Cumulative times can add up to more than that of the row: recursion is judged for each caller by itself.</param>
public sealed record MethodStats(
    MethodLabel Label,
    Figures Figures,
    IReadOnlyList<KeyValuePair<MethodLabel, Figures>> Callers);
