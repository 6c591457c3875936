namespace ProfilerWeaver;

/// <summary>Something that does not hold.</summary>
/// <param name="Rule">By which rule: <see cref="BudgetRule"/> or <see cref="LockRule"/>.</param>
/// <param name="Message">What, in one line.</param>
sealed record Finding(string Rule, string Message)
{
    /// <summary>The rule of a budget.</summary>
    public const string BudgetRule = "budget";

    /// <summary>The rule of the lock file.</summary>
    public const string LockRule = "lock";

    /// <summary>More about it.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The method whose code is to be looked at; null: none.</summary>
    public MethodLabel? Method { get; init; }

    /// <summary>The file that says what must hold, and its line; 0: none.</summary>
    public (string File, int Line) Source { get; init; }

    /// <summary>Whether it is about a time.</summary>
    public bool IsOfTime { get; init; }
}
