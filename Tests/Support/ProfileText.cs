using System.Globalization;
using System.Text;

namespace ProfilerWeaver.Tests.Support;

/// <summary>A profile as text that a test can state in full: rows and caller edges by name, times in ticks of 1 ms.</summary>
static class ProfileText
{
    /// <summary>One line for each row, <c>Name calls/primitive own cumulative</c>, and below it one for each caller. What
    /// <paramref name="prefix"/> all names begin with is left out.</summary>
    public static string Of(ProfileData data, string prefix)
    {
        var text = new StringBuilder();
        foreach (var row in FlatProfile.From(data).OrderBy(row => row.Label.Name, StringComparer.Ordinal))
        {
            text.Append(Short(row.Label)).Append(Text(row.Figures)).Append('\n');
            foreach (var caller in row.Callers.OrderBy(caller => caller.Key.Name, StringComparer.Ordinal))
                text.Append("  < ").Append(Short(caller.Key)).Append(Text(caller.Value)).Append('\n');
        }
        return text.ToString();

        string Short(MethodLabel label) => label.Name.Replace(prefix, "", StringComparison.Ordinal);
    }

    static string Text(Figures figures) => string.Create(CultureInfo.InvariantCulture,
        $" {figures.Calls}/{figures.PrimitiveCalls} {figures.TotalTime * 1000:0.######} {figures.CumulativeTime * 1000:0.######}");
}
