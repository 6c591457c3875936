using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tool;

/// <summary>Makes restrictions of the words behind a command: what Python reads as an integer, then what it reads as a
/// float, and everything else is a regular expression.</summary>
static partial class BrowserArguments
{
    public static Restriction[] Parse(string line, TextWriter output)
    {
        var restrictions = new List<Restriction>();
        foreach (var word in Words(line))
        {
            if (IntegerPattern().IsMatch(word))
                restrictions.Add(Integer(word));
            else if (!FloatPattern().IsMatch(word))
                restrictions.Add(word);
            else if (Float(word) is var fraction && fraction is > 1 or < 0)
                output.WriteLine("Fraction argument must be in [0, 1]");
            else
                restrictions.Add(fraction);
        }
        return [.. restrictions];
    }

    public static string[] Words(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // Beyond the range no table is long enough for a difference.
    static int Integer(string word) =>
        (int)BigInteger.Clamp(BigInteger.Parse(WithoutSeparators(word), CultureInfo.InvariantCulture), int.MinValue, int.MaxValue);

    static double Float(string word)
    {
        var text = WithoutSeparators(word);
        var magnitude = text.TrimStart('+', '-').ToUpperInvariant() switch
        {
            "NAN" => double.NaN,
            "INF" or "INFINITY" => double.PositiveInfinity,
            var digits => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        return text[0] == '-' ? -magnitude : magnitude;
    }

    static string WithoutSeparators(string word) => word.Replace("_", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^[+-]?[0-9]+(_[0-9]+)*\z")]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(
        @"^[+-]?(nan|inf|infinity|([0-9]+(_[0-9]+)*(\.([0-9]+(_[0-9]+)*)?)?|\.[0-9]+(_[0-9]+)*)(e[+-]?[0-9]+(_[0-9]+)*)?)\z",
        RegexOptions.IgnoreCase)]
    private static partial Regex FloatPattern();
}
