using System.Text.RegularExpressions;

/// <summary>What programs do with texts: regular expressions and LINQ.</summary>
static partial class Texts
{
    static readonly string[] Lines = [.. Enumerable.Range(0, 20_000).Select(i =>
        $"2026-11-{i % 28 + 1:00} host{i % 17} GET /item/{i * 7919 % 1009}?page={i % 5} {200 + i % 3 * 100} {i % 900} ms")];

    public static void Match()
    {
        var total = 0;
        foreach (var line in Lines)
        {
            if (Request().Match(line) is { Success: true } match)
                total += Number(match.Groups["time"].ValueSpan);
        }
        GC.KeepAlive(total);
    }

    public static void Group()
    {
        for (var round = 0; round < 9; round++)
        {
            GC.KeepAlive(Lines.Select(line => line.Split(' ')).GroupBy(words => words[1])
                .Select(group => (group.Key, Time: group.Sum(words => Number(words[5])))).OrderByDescending(host => host.Time).First());
        }
    }

    public static void Clean()
    {
        for (var round = 0; round < 5; round++)
            GC.KeepAlive(Lines.Select(line => Digits().Replace(line, digits => digits.Length > 3 ? "#" : digits.Value)).Distinct().Count());
    }

    static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = number * 10 + Value(digit);
        return number;
    }

    static int Value(char digit) => digit - '0';

    [GeneratedRegex(@"^(?<date>\S+) (?<host>\w+) GET (?<path>[^? ]+)(\?\S*)? (?<status>\d{3}) (?<time>\d+) ms$")]
    private static partial Regex Request();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
