namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The package with which programs send what they call.</summary>
public class FleetPackageTests
{
    [Test]
    public void A_program_sends_what_it_calls_although_it_is_not_recorded_otherwise()
    {
        using var consumer = new Consumer();
        consumer.Build("Pushed", "Release-Profiled");

        Assert.That(consumer.Run("Pushed", "Release-Profiled").Trim(), Is.EqualTo("6"));
        var profile = Directory.GetFiles(consumer["run/profiles"]).Single();
        Assert.That(new Stats(profile).Select(row => (row.Name, row.Calls)), Does.Contain(("Program.Twice", 1L)));
    }
}
