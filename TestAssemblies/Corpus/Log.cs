using System.Globalization;
using System.Text;

namespace Scenarios.Corpus;

/// <summary>What a case saw happen, line by line. A case must see the same whether it is woven or not.</summary>
public sealed class Log
{
    readonly StringBuilder text = new();

    public void Add(object? value)
    {
        var line = value switch
        {
            null => "null",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable<int> numbers => string.Join(" ", numbers),
            _ => value.ToString(),
        };
        lock (text)
            text.Append(line).Append('\n');
    }

    /// <summary>Notes the result of <paramref name="function"/>, or the exception that leaves it.</summary>
    public void Try<T>(Func<T> function)
    {
        try
        {
            Add(function());
        }
        catch (Exception e)
        {
            Add(Describe(e));
        }
    }

    public void Try(Action action) => Try(() =>
    {
        action();
        return "done";
    });

    public async Task TryAsync<T>(Func<Task<T>> function)
    {
        try
        {
            Add(await function());
        }
        catch (Exception e)
        {
            Add(Describe(e));
        }
    }

    public static string Describe(Exception e) => e.InnerException is { } inner
        ? $"{e.GetType().Name}: {e.Message} < {Describe(inner)}"
        : $"{e.GetType().Name}: {e.Message}";

    public override string ToString()
    {
        lock (text)
            return text.ToString();
    }
}
