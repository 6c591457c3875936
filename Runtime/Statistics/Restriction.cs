using System.Globalization;
using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>
/// What limits a printed table: the first so many rows (an integer), the first part of the rows (a fraction), or the
/// rows whose printed label a regular expression finds (a text). Several are applied one after another.
/// </summary>
public sealed class Restriction
{
    readonly int? count;
    readonly double? fraction;
    readonly string? pattern;
    readonly Regex? regex;

    Restriction(int count) => this.count = count;

    Restriction(double fraction) => this.fraction = fraction;

    Restriction(string pattern)
    {
        this.pattern = pattern;
        try
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            // As in pstats, the table says so and is not limited.
        }
    }

    /// <summary>Limits to the first rows.</summary>
    /// <param name="count">How many; a negative number does not limit.</param>
    public static Restriction FromInt32(int count) => new(count);

    /// <summary>Limits to the first part of the rows, rounded half up.</summary>
    /// <param name="fraction">From 0 to below 1; any other number does not limit.</param>
    public static Restriction FromDouble(double fraction) => new(fraction);

    /// <summary>Limits to the rows in whose label the regular expression is found.</summary>
    /// <param name="pattern">If it is no regular expression, the table says so and is not limited.</param>
    public static Restriction FromString(string pattern) =>
        new(pattern ?? throw new ArgumentNullException(nameof(pattern)));

    /// <inheritdoc cref="FromInt32"/>
    public static implicit operator Restriction(int count) => FromInt32(count);

    /// <inheritdoc cref="FromDouble"/>
    public static implicit operator Restriction(double fraction) => FromDouble(fraction);

    /// <inheritdoc cref="FromString"/>
    public static implicit operator Restriction(string pattern) => FromString(pattern);

    /// <summary>The restriction as pstats prints it, which is as a literal of Python.</summary>
    public override string ToString() =>
        count is { } number ? number.ToString(CultureInfo.InvariantCulture)
        : fraction is { } part ? PythonText.Repr(part)
        : PythonText.Repr(pattern!);

    /// <summary>Whether it was made of a text that is no regular expression.</summary>
    internal bool IsInvalid => pattern is not null && regex is null;

    internal IReadOnlyList<MethodStats> Apply(IReadOnlyList<MethodStats> rows)
    {
        if (regex is not null)
            return Matching(rows, regex);
        var limit = rows.Count;
        if (fraction is >= 0 and < 1)
            limit = (int)(rows.Count * fraction.Value + 0.5);
        else if (count >= 0)
            limit = Math.Min(count.Value, limit);
        return limit == rows.Count ? rows : First(rows, limit);
    }

    static List<MethodStats> Matching(IReadOnlyList<MethodStats> rows, Regex regex)
    {
        var matching = new List<MethodStats>();
        foreach (var row in rows)
        {
            if (regex.IsMatch(row.Label.ToString()))
                matching.Add(row);
        }
        return matching;
    }

    static MethodStats[] First(IReadOnlyList<MethodStats> rows, int limit)
    {
        var first = new MethodStats[limit];
        for (var i = 0; i < limit; i++)
            first[i] = rows[i];
        return first;
    }
}
