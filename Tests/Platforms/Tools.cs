using System.ComponentModel;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>The commands that the tests of platforms need; <c>.ci/run</c> installs them.</summary>
static class Tools
{
    /// <summary>The path of a source of a helper.</summary>
    public static string Source(string name) => Path.Combine(PackageFeed.Repository, "Tests", "Platforms", "Native", name);

    /// <summary>Runs a command, which must succeed.</summary>
    public static void Run(string command, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Explain(command, () =>
        {
            var result = CommandLine.Run(command, Path.GetTempPath(), arguments, environment);
            Assert.That(result.ExitCode, Is.Zero, $"{command}: {result.Output}");
            return result;
        });

    /// <summary>Says what is missing if a command cannot be started.</summary>
    public static T Explain<T>(string command, Func<T> start)
    {
        try
        {
            return start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The tests of platforms need {command}, which .ci/run installs: {e.Message}. "
                + "Leave them out with --filter TestCategory!=Platforms.", e);
        }
    }
}
