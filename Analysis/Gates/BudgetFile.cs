using System.Globalization;
using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>
/// Reads budgets, one a line:
/// <code>
/// budget     = pattern comparison number ["per" (pattern | "scope" '"' label '"')]
///            | "calls" ["(" pattern ")"] comparison number ["x" "baseline"]
///            | ("total" | "self") "(" pattern ")" comparison number ("min" | "s" | "ms" | "us" | "x" "baseline")
///            | pattern "no" "new" "methods"
/// comparison = "=" | "&lt;=" | ">=" | "&lt;" | ">"
/// comment    = "#" text
/// </code>
/// There are blanks around a comparison, because names may contain its characters.
/// </summary>
static partial class BudgetFile
{
    const string Expected = "Expected for example 'Shop.Repository.Load = 1 per Shop.Api.GetOrder', 'calls <= 1.05 x baseline', " +
        "'total(Shop.Parser.Parse) <= 2 s' or 'Shop.* no new methods'.";

    /// <exception cref="FormatException">A line is no budget.</exception>
    public static IReadOnlyList<Budget> Parse(string name, string text)
    {
        var budgets = new List<Budget>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var budget = Comment().Replace(line, "").Trim();
            if (budget.Length > 0)
                budgets.Add(Parse(name, number, budget));
        }
        return budgets;
    }

    static Budget Parse(string file, int line, string text)
    {
        if (NoNew().Match(text) is { Success: true } noNew)
            return new(line, text, BudgetKind.NoNewMethods, Pattern(noNew.Groups["subject"].Value));
        var match = Comparison().Match(text);
        if (!match.Success)
            throw Error("it is no budget.");
        if (!decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture, out var limit))
        {
            throw Error($"'{match.Groups["number"].Value}' is no number.");
        }
        var unit = match.Groups["unit"].Value;
        var budget = Subject(line, text, match.Groups["subject"].Value) with
        {
            Comparison = match.Groups["op"].Value,
            Limit = limit * Seconds(unit),
            IsOfBaseline = unit.EndsWith("baseline", StringComparison.Ordinal),
            Per = match.Groups["per"] is { Success: true, Value: var per } ? Pattern(per) : null,
            PerScope = match.Groups["scope"] is { Success: true, Value: var scope } ? scope : null,
        };
        var isTime = unit.Length > 0 && !budget.IsOfBaseline;
        if (budget.IsOfTime && unit.Length == 0)
            throw Error("a time needs a unit: min, s, ms, us, or 'x baseline'.");
        if (!budget.IsOfTime && isTime)
            throw Error($"calls are not counted in {unit}. total(...) and self(...) are times.");
        if ((budget.Per ?? (object?)budget.PerScope) is not null && (budget.IsOfTime || budget.IsOfBaseline || budget.Subject is null))
            throw Error("only the calls of a method are limited per call of another one.");
        return budget;

        FormatException Error(string reason) => new($"{file}({line}): '{Printable.Text(text)}': {reason} {Expected}");
    }

    static Budget Subject(int line, string text, string subject) => subject == "calls"
        ? new(line, text, BudgetKind.Calls, null)
        : Function().Match(subject) is { Success: true } function
        ? new(line, text, function.Groups["name"].Value switch
        {
            "total" => BudgetKind.TotalTime,
            "self" => BudgetKind.SelfTime,
            _ => BudgetKind.Calls,
        }, Pattern(function.Groups["of"].Value))
        : new(line, text, BudgetKind.Calls, Pattern(subject));

    static NamePattern Pattern(string text) => new(text.Trim());

    static decimal Seconds(string unit) => unit switch
    {
        "min" => 60,
        "ms" => 0.001m,
        "us" => 0.000001m,
        _ => 1,
    };

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?<subject>.+?)\s+no\s+new\s+methods$")]
    private static partial Regex NoNew();

    [GeneratedRegex(@"^(?<subject>.+?)\s+(?<op><=|>=|=|<|>)\s+(?<number>[\d.,]+)\s*(?<unit>min|s|ms|us|x\s+baseline)?(\s+per\s+(scope\s+""(?<scope>[^""]*)""|(?<per>.+)))?$")]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^(?<name>calls|total|self)\((?<of>.+)\)$")]
    private static partial Regex Function();
}
