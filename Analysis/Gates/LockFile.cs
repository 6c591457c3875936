using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>
/// The calls of a program as text that is kept with its sources: a line a method, sorted, with tabs between its calls and the calls
/// per call of each caller, which is a whole number or a fraction.
/// <code>
/// Shop.Api.GetOrder        50   50 per Shop.Program.Main
/// Shop.Repository.Load     50   1 per Shop.Api.GetOrder
/// Shop.Table.Find          ~
/// </code>
/// A method with ~ is called differently often in each run. Of a caller with ~, the calls are told: <c>50 by Shop.Table.Find</c>.
/// </summary>
sealed partial class LockFile
{
    const char Unstable = '~';

    const string Header = """
        # The calls that dotnet prof check expects (docs/compare.md). dotnet prof check --update FILE.prof writes it.

        """;

    readonly HashSet<string> unstable;

    LockFile(CallGraph calls, HashSet<string> unstable) => (Calls, this.unstable) = (calls, unstable);

    /// <summary>The methods and their callers, by names as they are printed.</summary>
    public CallGraph Calls { get; }

    /// <summary>The methods whose calls differ between runs.</summary>
    public IReadOnlySet<string> UnstableMethods => unstable;

    /// <summary>Makes one of the runs of a program; methods that were not called the same in all of them are unstable.</summary>
    public static LockFile Of(IReadOnlyList<CallGraph> runs)
    {
        var names = runs.SelectMany(run => run.Names).Distinct();
        var graph = new CallGraph();
        var unstable = new HashSet<string>();
        foreach (var name in names)
        {
            if (runs.Any(run => !IsSame(run, runs[0], name)))
                unstable.Add(Printable.Text(name));
            graph.Add(Printable.Text(name), runs[0].CallsOf(name));
            foreach (var (caller, calls) in runs[0].CallersOf(name))
                graph.Add(Printable.Text(name), Printable.Text(caller), calls);
        }
        return new(graph, unstable);
    }

    /// <summary>The same with more methods that are unstable, as far as it has them.</summary>
    public LockFile Keeping(IEnumerable<string> methods) => new(Calls, [.. unstable, .. methods.Where(Calls.Has)]);

    /// <exception cref="FormatException">A line is not what it should be.</exception>
    public static LockFile Parse(string file, string text)
    {
        var lines = text.Split('\n').Select((line, i) => (Text: line.TrimEnd('\r'), Number: i + 1))
            .SkipWhile(line => line.Text.StartsWith('#')).Where(line => line.Text.Length > 0)
            .Select(line => (Cells: line.Text.Split('\t'), line.Number)).ToArray();
        var graph = new CallGraph();
        var unstable = new HashSet<string>();
        foreach (var (cells, number) in lines)
        {
            if (cells is [var name, [Unstable]])
            {
                unstable.Add(name);
                graph.Add(name, 0);
            }
            else
            {
                graph.Add(cells[0], cells.Length > 1 && long.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var calls)
                    ? calls
                    : throw Error(number, "a method, a tab and the number of its calls, or ~"));
            }
        }
        foreach (var (cells, number) in lines)
        {
            foreach (var cell in cells.Skip(2))
            {
                if (Share().Match(cell) is not { Success: true } share)
                    throw Error(number, $"'1 per CALLER' in place of '{Printable.Text(cell)}'");
                var caller = share.Groups["caller"].Value;
                if (!graph.Has(caller))
                    throw Error(number, $"a line for the caller '{Printable.Text(caller)}', too");
                graph.Add(cells[0], caller, CallsOf(share, graph.CallsOf(caller)));
            }
        }
        return new(graph, unstable);

        FormatException Error(int number, string expected) =>
            new($"{file}({number}): expected {expected}. dotnet prof check --update writes the file anew.");
    }

    public override string ToString()
    {
        var text = new StringBuilder(Header);
        foreach (var name in Calls.Names.Order(StringComparer.Ordinal))
        {
            if (unstable.Contains(name))
            {
                text.Append(name).Append('\t').Append(Unstable).Append('\n');
                continue;
            }
            text.Append(CultureInfo.InvariantCulture, $"{name}\t{Calls.CallsOf(name)}");
            foreach (var (caller, calls) in Calls.CallersOf(name).OrderBy(caller => caller.Key, StringComparer.Ordinal))
                text.Append('\t').Append(Share(caller, calls));
            text.Append('\n');
        }
        return text.ToString();
    }

    static bool IsSame(CallGraph run, CallGraph other, string name)
    {
        var (callers, others) = (run.CallersOf(name), other.CallersOf(name));
        return run.Has(name) == other.Has(name) && run.CallsOf(name) == other.CallsOf(name) && callers.Count == others.Count
            && callers.All(caller => others.TryGetValue(caller.Key, out var calls) && calls == caller.Value);
    }

    string Share(string caller, long calls)
    {
        var per = Calls.CallsOf(caller);
        if (per == 0 || unstable.Contains(caller))
            return string.Create(CultureInfo.InvariantCulture, $"{calls} by {caller}");
        var divisor = (long)System.Numerics.BigInteger.GreatestCommonDivisor(calls, per);
        return divisor == per
            ? string.Create(CultureInfo.InvariantCulture, $"{calls / per} per {caller}")
            : string.Create(CultureInfo.InvariantCulture, $"{calls / divisor}/{per / divisor} per {caller}");
    }

    static long CallsOf(Match share, long callerCalls)
    {
        var calls = (Int128)long.Parse(share.Groups["calls"].Value, CultureInfo.InvariantCulture);
        if (share.Groups["word"].Value == "by")
            return (long)calls;
        var per = share.Groups["per"] is { Success: true, Value: var text } ? long.Parse(text, CultureInfo.InvariantCulture) : 1;
        return (long)Int128.Clamp(calls * callerCalls / Math.Max(1, per), 0, long.MaxValue);
    }

    [GeneratedRegex("^(?<calls>[0-9]{1,18})(/(?<per>[0-9]{1,18}))? (?<word>per|by) (?<caller>.+)$")]
    private static partial Regex Share();
}
