using System.Globalization;
using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>
/// Limits a printed table: to the first rows (an integer), to a fraction of the rows (a floating-point number), or to rows
/// whose printed label matches a regular expression (a string). Several restrictions are applied in turn.
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
    /// <param name="count">The number of rows; a negative number has no effect.</param>
    public static Restriction FromInt32(int count) => new(count);

    /// <summary>Limits to the first fraction of the rows, rounded half up.</summary>
    /// <param name="fraction">At least 0 and less than 1; any other number has no effect.</param>
    public static Restriction FromDouble(double fraction) => new(fraction);

    /// <summary>Limits to the rows whose label matches the regular expression.</summary>
    /// <param name="pattern">If it is not a valid regular expression, the table says so and is not limited.</param>
    public static Restriction FromString(string pattern) =>
        new(pattern ?? throw new ArgumentNullException(nameof(pattern)));

    /// <inheritdoc cref="FromInt32"/>
    public static implicit operator Restriction(int count) => FromInt32(count);

    /// <inheritdoc cref="FromDouble"/>
    public static implicit operator Restriction(double fraction) => FromDouble(fraction);

    /// <inheritdoc cref="FromString"/>
    public static implicit operator Restriction(string pattern) => FromString(pattern);

    /// <summary>The restriction as pstats prints it: as a Python literal.</summary>
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
