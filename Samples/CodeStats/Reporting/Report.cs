using CodeStats.Metrics;
using CodeStats.Parsing;

namespace CodeStats.Reporting;

/// <summary>Prints a summary. The same sources make the same report, in every run.</summary>
sealed class Report(Summary summary, TextWriter writer, int top)
{
    static readonly (string Name, int Most)[] ComplexityBands =
        [("1 - 5, simple", 5), ("6 - 10, moderate", 10), ("11 - 20, complex", 20), ("over 20", int.MaxValue)];

    public void Print()
    {
        Section("Size", Sizes());
        Section("Types", Types());
        Section("Methods by cyclomatic complexity", Bands());
        Section("Most complex methods", MethodsBy(method => method.Complexity));
        Section("Longest methods", MethodsBy(method => method.Lines));
        Section("Most used identifiers", Identifiers());
        Section($"Near-duplicate methods ({summary.Duplicates.Count} pairs)", Duplicates());
        Section($"Syntax errors ({summary.Problems.Count})", Problems());
    }

    void Section(string title, TextTable table)
    {
        writer.WriteLine(title);
        if (table.IsEmpty)
            writer.WriteLine("  none");
        else
            table.WriteTo(writer);
        writer.WriteLine();
    }

    TextTable Sizes()
    {
        var table = new TextTable("", "");
        table.Add("files", summary.Files);
        table.Add("lines", summary.Lines.Total);
        table.Add("  code", summary.Lines.Code);
        table.Add("  comment", summary.Lines.Comment);
        table.Add("  inactive", summary.Lines.Inactive);
        table.Add("  blank", summary.Lines.Blank);
        table.Add("commented-out code", summary.CommentedCodeLines);
        table.Add("tokens", summary.Tokens);
        table.Add("distinct identifiers", summary.Identifiers.Distinct);
        table.Add("types", summary.Types.Total);
        table.Add("methods with a body", summary.Methods.Count);
        table.Add("expressions in methods", summary.Methods.Sum(method => method.Expressions));
        table.Add("deepest nesting", summary.Methods.Select(method => method.Nesting).DefaultIfEmpty().Max());
        table.Add("syntax errors", summary.Problems.Count);
        return table;
    }

    TextTable Types()
    {
        var table = new TextTable("", "");
        foreach (var (kind, number) in summary.Types.Top(int.MaxValue, Comparer<SyntaxKind>.Default))
            table.Add(kind.ToString().ToLowerInvariant(), number);
        return table;
    }

    TextTable Bands()
    {
        var table = new TextTable("complexity", "methods", "share");
        var least = 0;
        foreach (var (name, most) in ComplexityBands)
        {
            var number = summary.Methods.Count(method => method.Complexity > least && method.Complexity <= most);
            table.Add(name, number, (double)number / Math.Max(summary.Methods.Count, 1));
            least = most;
        }
        return table;
    }

    TextTable MethodsBy(Func<MethodMetrics, int> key)
    {
        var table = new TextTable("complexity", "nesting", "lines", "tokens", "expressions", "method", "location");
        foreach (var method in summary.Methods.OrderByDescending(key).ThenBy(method => method.Location).Take(top))
        {
            table.Add(method.Complexity, method.Nesting, method.Lines, method.Tokens, method.Expressions, method.Name,
                method.Location);
        }
        return table;
    }

    TextTable Identifiers()
    {
        var table = new TextTable("uses", "identifier");
        foreach (var (name, uses) in summary.Identifiers.Top(top, StringComparer.Ordinal))
            table.Add(uses, name);
        return table;
    }

    TextTable Duplicates()
    {
        var table = new TextTable("similarity", "tokens", "method", "location", "other");
        foreach (var (left, right, similarity) in summary.Duplicates.Take(top))
            table.Add(similarity, left.Tokens, left.Name, left.Location, $"{right.Name}, {right.Location}");
        return table;
    }

    TextTable Problems()
    {
        var table = new TextTable("location", "problem");
        foreach (var (location, message) in summary.Problems.Take(top))
            table.Add(location, message);
        return table;
    }
}
