namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The package with which programs profile code that is given as text.</summary>
public class ScriptingPackageTests
{
    [Test]
    public void A_program_profiles_strings_of_code_that_call_what_it_has_woven()
    {
        using var consumer = new Consumer();
        consumer.Build("Scripted", "Release-Profiled");

        Assert.That(consumer.Run("Scripted", "Release-Profiled").Trim(), Is.EqualTo("7"));
        Assert.That(consumer.Profile("run.prof").Select(row => (row.Name, row.Calls, Path.GetFileName(row.File), row.Line)),
            Is.EquivalentTo(new[] { ("<module>", 1, "<string>", 1), ("Program.MyFunction", 1, "Program.cs", 16) }));
        Assert.That(consumer.Profile("context.prof").Select(row => (row.Name, row.Calls)),
            Is.EquivalentTo(new[] { ("<module>", 1), ("Twice", 1), ("Program.MyFunction", 1) }));
    }
}
