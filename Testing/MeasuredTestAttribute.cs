namespace ProfilerWeaver;

/// <summary>An attribute of a test that is measured while it runs. The packages for test frameworks have those that can be used.</summary>
public abstract class MeasuredTestAttribute : Attribute
{
    private protected MeasuredTestAttribute()
    {
    }

    /// <summary>Does what the attribute is for.</summary>
    /// <param name="measured">What the test called.</param>
    /// <param name="test">The full name of the test.</param>
    /// <param name="hasFailed">Whether the test has failed already.</param>
    /// <exception cref="CallExpectationException">The test does not keep to what the attribute says.</exception>
    internal abstract void Finish(ProfileData measured, string test, bool hasFailed);
}
