using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace ProfilerWeaver;

/// <summary>Runs a test, measures it, and does what an attribute is for.</summary>
sealed class MeasuredCommand(TestCommand test, MeasuredTestAttribute attribute) : DelegatingTestCommand(test)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        using var measurement = Profile.Measure();
        TestResult result;
        try
        {
            result = innerCommand.Execute(context);
        }
        catch
        {
            attribute.Finish(measurement.Stop(), Test.FullName, hasFailed: true);
            throw;
        }
        try
        {
            attribute.Finish(measurement.Stop(), Test.FullName, hasFailed: result.ResultState.Status == TestStatus.Failed);
        }
        catch (CallExpectationException e)
        {
            // A failure, and not an error.
            throw new AssertionException(e.Message, e);
        }
        return result;
    }
}
