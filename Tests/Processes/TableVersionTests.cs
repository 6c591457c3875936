using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>What a weaver of another version has woven.</summary>
public sealed class TableVersionTests : ProcessTest
{
    [TestCase(MethodTableFormat.Version + 1, "a newer", "Update the package ProfilerWeaver.Fody of the program, or the tool " +
        "dotnet-prof, to the version that has woven Scenarios.Endings")]
    [TestCase(MethodTableFormat.Version - 1, "an older", "Rebuild Scenarios.Endings with the version of the package " +
        "ProfilerWeaver.Fody that the program has")]
    public async Task A_program_with_another_version_of_the_table_runs_unrecorded_and_says_what_to_do(int version, string which, string advice)
    {
        var original = await WovenProgram.Original.Run(Start("Return", "3"));

        var woven = await WovenProgram.WithTable(version).Run(Start("Return", "3"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(woven.Complaints, Is.EqualTo(new[]
            {
                $"ProfilerWeaver: nothing of Scenarios.Endings is recorded: it was woven by {which} ProfilerWeaver (method table " +
                    $"{version}; this ProfilerWeaver.dll reads {MethodTableFormat.Version}). {advice}",
            }));
            Assert.That(woven.OwnErrors, Is.EqualTo(original.Errors));
            Assert.That((woven.Output, woven.ExitCode), Is.EqualTo((original.Output, original.ExitCode)));
            Assert.That(Directory.GetFiles(Folder), Is.Empty);
        }
    }
}
