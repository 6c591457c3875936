using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The result of weaving a module. It keeps the module in memory, because metadata names are computed on
/// demand.</summary>
public sealed class WeavingReport
{
    readonly List<(MethodDefinition Method, string Name)> woven = [];
    readonly List<(MethodDefinition Method, string Reason)> skipped = [];

    /// <summary>The woven methods: metadata name and row name.</summary>
    public IReadOnlyList<(string Method, string Name)> Woven => [.. woven.Select(method => (method.Method.FullName, method.Name))];

    /// <summary>The skipped methods: metadata name and reason.</summary>
    public IReadOnlyList<(string Method, string Reason)> Skipped =>
        [.. skipped.Select(method => (method.Method.FullName, method.Reason))];

    /// <summary>The report without the methods.</summary>
    public WeavingSummary Summary => new(woven.Count,
        [.. skipped.GroupBy(method => method.Reason).Select(group => (group.Key, group.Count())).OrderByDescending(reason => reason.Item2)],
        Warnings, Milliseconds);

    /// <summary>Problems the user should look at, although the module was woven.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. UnmatchedPatterns, .. RuntimeAsyncMethods > 0 ? [RuntimeAsyncWarning(RuntimeAsyncMethods)] : Array.Empty<string>(), .. OtherWarnings];

    /// <summary>The warnings of patterns that no method of the module matches.</summary>
    internal List<string> UnmatchedPatterns { get; } = [];

    /// <summary>How many methods were skipped because the runtime itself suspends them.</summary>
    internal int RuntimeAsyncMethods => skipped.Count(method => method.Reason == MethodSelection.RuntimeAsyncReason);

    /// <summary>The warnings that are only of this module.</summary>
    internal List<string> OtherWarnings { get; } = [];

    /// <summary>How long weaving took.</summary>
    public long Milliseconds { get; internal set; }

    /// <summary>The report in one line: how many methods were woven, how many were skipped and why, and how long it
    /// took.</summary>
    public override string ToString() => Summary.ToString();

    /// <summary>Writes the table of all methods: what each row is called, or why a method was skipped.</summary>
    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine(this);
        foreach (var (method, name) in Woven)
            writer.WriteLine(Printable.Text($"woven    {name}    {method}"));
        foreach (var (method, reason) in Skipped)
            writer.WriteLine(Printable.Text($"skipped  {reason}    {method}"));
    }

    /// <summary>What the user is told of runtime-async methods.</summary>
    /// <param name="count">How many there are.</param>
    internal static string RuntimeAsyncWarning(int count) =>
        $"{count} runtime-async methods are not woven: until they first wait, their time counts towards their callers; what they call later " +
        "has no caller. Build without the runtime-async feature to profile them.";

    internal void AddWoven(MethodDefinition method, string name) => woven.Add((method, name));

    internal void AddSkipped(MethodDefinition method, string reason) => skipped.Add((method, reason));
}
