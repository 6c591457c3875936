namespace ProfilerWeaver.Tool;

/// <summary>What can stand in place of the text that begins at <paramref name="Start"/> and ends at the cursor.</summary>
/// <param name="Start">Where the text begins in the line.</param>
/// <param name="Candidates">What it can become, in order.</param>
readonly record struct Completion(int Start, IReadOnlyList<string> Candidates)
{
    /// <summary>What all candidates begin with.</summary>
    public string Common()
    {
        var common = Candidates[0];
        foreach (var candidate in Candidates)
        {
            var length = 0;
            while (length < common.Length && length < candidate.Length && common[length] == candidate[length])
                length++;
            common = common[..length];
        }
        return common;
    }
}
