using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>A program that reads the errors of native calls after calls that are recorded.</summary>
[Platform("Linux")]
public class NativeErrorTests : ProcessTest
{
    [Test]
    public async Task H3_A_failed_native_call_keeps_its_error_number(
        [Values] bool builtins, [Values("wall", "cpu", "none")] string clock)
    {
        var start = Start("NativeErrors") with
        {
            Environment = new Dictionary<string, string>
            {
                ["PROFILERWEAVER_CLOCK"] = clock,
                ["PROFILERWEAVER_CHECKPOINT"] = "10ms",
            },
        };
        var result = await Run(start, settings: new() { Builtins = builtins ? BuiltinCalls.All : BuiltinCalls.None });

        Assert.That(result.Output, Does.EndWith("0 wrong" + Environment.NewLine));
        Assert.That(result.Output, Is.EqualTo((await WovenProgram.Original.Run(start)).Output));
        Assert.That(result.ExitCode, Is.Zero);
    }
}
