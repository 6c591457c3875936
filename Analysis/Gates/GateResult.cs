namespace ProfilerWeaver;

/// <summary>What came of a check.</summary>
/// <param name="Checks">All that was checked, each with what does not hold.</param>
sealed record GateResult(IReadOnlyList<GateCheck> Checks)
{
    /// <summary>All that does not hold.</summary>
    public IEnumerable<Finding> Findings => Checks.SelectMany(check => check.Findings);

    /// <summary>Whether all holds.</summary>
    public bool Holds => !Findings.Any();
}

/// <summary>A budget, or the lock file as a whole.</summary>
/// <param name="File">The file that has it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Findings">What does not hold of it.</param>
sealed record GateCheck(string File, string Name, IReadOnlyList<Finding> Findings);
