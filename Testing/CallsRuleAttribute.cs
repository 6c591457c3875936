namespace ProfilerWeaver;

/// <summary>What is expected of the calls that a test makes, its set-up not included.</summary>
/// <param name="method">The full name of a method or its last parts; <c>*</c> stands for any characters.</param>
public abstract class CallsRuleAttribute(string method) : MeasuredTestAttribute
{
    const long Nothing = long.MinValue;

    /// <summary>The method.</summary>
    public string Method { get; } = method;

    /// <summary>How many calls are expected.</summary>
    public long Exactly { get; set; } = Nothing;

    /// <summary>How many are allowed.</summary>
    public long AtMost { get; set; } = Nothing;

    /// <summary>How many there must be.</summary>
    public long AtLeast { get; set; } = Nothing;

    /// <summary>For each call of which other method, by which they must be made; null: in total.</summary>
    public string? Per { get; set; }

    internal override void Finish(ProfileData measured, string test, bool hasFailed)
    {
        if (hasFailed)
            return;
        if (Exactly == Nothing && AtMost == Nothing && AtLeast == Nothing)
            throw new CallExpectationException($"[Calls(\"{Method}\")] of {test} expects nothing: set Exactly, AtMost or AtLeast.");
        foreach (var (name, calls) in new[] { (nameof(Exactly), Exactly), (nameof(AtMost), AtMost), (nameof(AtLeast), AtLeast) })
        {
            if (calls is < 0 and not Nothing)
                throw new CallExpectationException($"[Calls(\"{Method}\")] of {test}: {name} is {calls}; it must be 0 or more.");
        }
        var expectation = measured.Expect(Method);
        expectation = Per is null ? expectation : expectation.Per(Per);
        if (Exactly != Nothing)
            expectation.Exactly(Exactly);
        if (AtMost != Nothing)
            expectation.AtMost(AtMost);
        if (AtLeast != Nothing)
            expectation.AtLeast(AtLeast);
    }
}
