using System.Collections.Concurrent;
using Xunit;
using Xunit.v3;

namespace ProfilerWeaver;

/// <summary>The measurements of tests that are running, of which one attribute may have several.</summary>
sealed class RunningTests
{
    readonly ConcurrentDictionary<string, Measurement> measurements = [];

    public void Begin(IXunitTest test) => measurements[test.UniqueID] = Profile.Measure();

    public void End(IXunitTest test, MeasuredTestAttribute attribute)
    {
        if (!measurements.TryRemove(test.UniqueID, out var measurement))
            return;
        var hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed;
        attribute.Finish(measurement.Stop(), test.TestDisplayName, hasFailed);
    }
}
