using TUnit.Core;
using TUnit.Core.Interfaces;

namespace ProfilerWeaver;

/// <summary>Runs a test, measures it, and does what its attributes are for.</summary>
sealed class MeasuredExecutor : ITestExecutor
{
    static readonly MeasuredExecutor Instance = new();

    public static ValueTask UseFor(TestRegisteredContext context)
    {
        context.SetTestExecutor(Instance);
        return default;
    }

    public async ValueTask ExecuteTest(TestContext context, Func<ValueTask> action)
    {
        using var measurement = Profile.Measure();
        try
        {
            await action().ConfigureAwait(false);
        }
        catch
        {
            Finish(measurement, context, hasFailed: true);
            throw;
        }
        Finish(measurement, context, hasFailed: false);
    }

    static void Finish(Measurement measurement, TestContext context, bool hasFailed)
    {
        var measured = measurement.Stop();
        var details = context.Metadata.TestDetails;
        var test = $"{details.Class.ClassType.FullName}.{context.Metadata.DisplayName}";
        foreach (var attribute in details.GetAllAttributes().OfType<MeasuredTestAttribute>())
            attribute.Finish(measured, test, hasFailed);
    }
}
