namespace ProfilerWeaver;

/// <summary>What an HTML report is to hold.</summary>
sealed record HtmlOptions
{
    /// <summary>The most contexts that a report has unless something else is asked for: a browser opens so many in seconds.</summary>
    public const int DefaultMostContexts = 2_000_000;

    /// <summary>How many contexts are kept, the heaviest; what each leaves out is told with its totals.</summary>
    public int MostContexts { get; init; } = DefaultMostContexts;

    /// <summary>Whether the text of the source files that are still there is put into it.</summary>
    public bool WithSources { get; init; }

    /// <summary>What the figures were before a change; null: the report is of one profile.</summary>
    public BeforeColumns? Before { get; init; }

    /// <summary>What is told of the difference, names and values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Causes { get; init; } = [];
}
