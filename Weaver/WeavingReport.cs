using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>What was done to a module.</summary>
public sealed class WeavingReport
{
    readonly List<(string Method, string Name)> woven = [];
    readonly List<(string Method, string Reason)> skipped = [];

    /// <summary>The woven methods: the name in metadata, and the name of its row.</summary>
    public IReadOnlyList<(string Method, string Name)> Woven => woven;

    /// <summary>The methods that were left alone: the name in metadata, and why.</summary>
    public IReadOnlyList<(string Method, string Reason)> Skipped => skipped;

    /// <summary>What the user should look at, though the module was woven.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>How long weaving took.</summary>
    public long Milliseconds { get; internal set; }

    /// <summary>The report in one line: how many methods were woven, how many were skipped and why, and how long it
    /// took.</summary>
    public override string ToString()
    {
        var reasons = skipped.GroupBy(method => method.Reason).OrderByDescending(reason => reason.Count())
            .Select(reason => $"{reason.Count()} {reason.Key}");
        var why = skipped.Count == 0 ? "" : $" ({string.Join(", ", reasons)})";
        return $"{woven.Count} methods woven, {skipped.Count} skipped{why}, {Milliseconds} ms";
    }

    /// <summary>Writes the table of all methods: what each row is called, or why a method was skipped.</summary>
    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine(this);
        foreach (var (method, name) in woven)
            writer.WriteLine($"woven    {name}    {method}");
        foreach (var (method, reason) in skipped)
            writer.WriteLine($"skipped  {reason}    {method}");
    }

    internal void AddWoven(MethodDefinition method, string name) => woven.Add((method.FullName, name));

    internal void AddSkipped(MethodDefinition method, string reason) => skipped.Add((method.FullName, reason));
}
