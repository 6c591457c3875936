namespace ProfilerWeaver;

/// <summary>What a budget limits.</summary>
enum BudgetKind
{
    /// <summary>Calls of methods.</summary>
    Calls,

    /// <summary>Time from entry to exit.</summary>
    TotalTime,

    /// <summary>Time without callees.</summary>
    SelfTime,

    /// <summary>Which methods there are.</summary>
    NoNewMethods,
}

/// <summary>A line of a file of budgets.</summary>
/// <param name="Line">Its number.</param>
/// <param name="Text">The line.</param>
/// <param name="Kind">What is limited.</param>
/// <param name="Subject">Whose; null: all methods'.</param>
sealed record Budget(int Line, string Text, BudgetKind Kind, NamePattern? Subject)
{
    /// <summary>How the figure and the limit must compare: <c>=</c>, <c>&lt;=</c>, ...</summary>
    public string Comparison { get; init; } = "";

    /// <summary>The limit; a time in seconds.</summary>
    public decimal Limit { get; init; }

    /// <summary>Whether the limit is a multiple of the figure of the baseline.</summary>
    public bool IsOfBaseline { get; init; }

    /// <summary>For each call of which methods the limit is; null: for all.</summary>
    public NamePattern? Per { get; init; }

    /// <summary>For each scope with which label the limit is; null: it is not for a scope.</summary>
    public string? PerScope { get; init; }

    /// <summary>Whether it is about times, which differ from machine to machine, and from run to run.</summary>
    public bool IsOfTime => Kind is BudgetKind.TotalTime or BudgetKind.SelfTime;

    /// <summary>Whether it allows that there is no such method at all.</summary>
    public bool AllowsNone => Kind == BudgetKind.Calls && !IsOfBaseline && Holds(0, 1);

    /// <summary>Whether figures keep to the limit.</summary>
    /// <param name="figure">What is limited.</param>
    /// <param name="per">What the limit is multiplied by.</param>
    public bool Holds(decimal figure, decimal per) => Comparison switch
    {
        "=" => figure == Limit * per,
        "<=" => figure <= Limit * per,
        ">=" => figure >= Limit * per,
        "<" => figure < Limit * per,
        _ => figure > Limit * per,
    };
}
