using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>The colours of figures: what takes a large share of the whole is warm.</summary>
/// <param name="total">The whole.</param>
sealed class Heat(double total)
{
    const double Hot = 0.25;
    const double Warm = 0.05;
    const double Nothing = 0.0005;

    /// <summary>The look of what says little.</summary>
    public static Style Dim { get; } = new(decoration: Decoration.Dim);

    /// <summary>A figure in its colour.</summary>
    public Text Figure(string text, double value) => new(text.Trim(), StyleOf(value));

    /// <summary>The colour of a figure.</summary>
    public Style StyleOf(double value) => (value / total) switch
    {
        >= Hot => new Style(Color.Red, decoration: Decoration.Bold),
        >= Warm => new Style(Color.Yellow),
        >= Nothing => Style.Plain,
        _ => new Style(Color.Grey),
    };
}
