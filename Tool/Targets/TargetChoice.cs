namespace ProfilerWeaver.Tool;

/// <summary>Which program is meant, and how it is built if it has to be.</summary>
sealed class TargetChoice
{
    /// <summary>A file, or a name if <see cref="IsModule"/>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether <see cref="Name"/> is a name to look for, and not a file.</summary>
    public bool IsModule { get; set; }

    public string Configuration { get; set; } = "Release";

    public string? Framework { get; set; }

    /// <summary>What may have been meant instead of a program, if there is none of that name; null: nothing. Asked for only
    /// then.</summary>
    public Func<string, string?> Alternative { get; set; } = _ => null;
}
