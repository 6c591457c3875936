using System.Globalization;

namespace ProfilerWeaver;

/// <summary>What readers are told about rows whose own time is mostly what recording added
/// (<see cref="Figures.IsDominated"/>).</summary>
static class DominatedRows
{
    /// <summary>What stands before such a time.</summary>
    public const string Mark = "~";

    /// <summary>How many there are, and what to do about them; null if there are none.</summary>
    public static string? Note(IEnumerable<(MethodLabel Label, Figures Figures)> rows)
    {
        var count = 0;
        var hasOwn = false;
        var hasExternal = false;
        foreach (var (label, figures) in rows)
        {
            if (!figures.IsDominated)
                continue;
            count++;
            hasOwn |= !label.IsExternal;
            hasExternal |= label.IsExternal;
        }
        if (count == 0)
            return null;
        var options = "--clock sampled" + (hasOwn && hasExternal ? ", --no-trivial or --no-builtins"
            : hasOwn ? " or --no-trivial"
            : " or --no-builtins");
        return Mark + string.Format(CultureInfo.InvariantCulture, " {0:N0} {1} mostly what recording adds: take {2}", count,
            count == 1 ? "row is" : "rows are", options);
    }
}
