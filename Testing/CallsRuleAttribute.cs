namespace ProfilerWeaver;

/// <summary>What is expected of the calls that a test makes, its set-up not included.</summary>
/// <param name="method">The full name of a method or its last parts; <c>*</c> stands for any characters.</param>
public abstract class CallsRuleAttribute(string method) : MeasuredTestAttribute
{
    const long Nothing = -1;

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
        if (Exactly < 0 && AtMost < 0 && AtLeast < 0)
            throw new CallExpectationException($"[Calls(\"{Method}\")] of {test} expects nothing: set Exactly, AtMost or AtLeast.");
        var expectation = measured.Expect(Method);
        expectation = Per is null ? expectation : expectation.Per(Per);
        if (Exactly >= 0)
            expectation.Exactly(Exactly);
        if (AtMost >= 0)
            expectation.AtMost(AtMost);
        if (AtLeast >= 0)
            expectation.AtLeast(AtLeast);
    }
}
