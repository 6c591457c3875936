namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Another Fody add-in in the same project.</summary>
public class OtherWeaverTests
{
    [Test]
    public void Another_weaver_works_in_every_configuration_and_is_profiled_in_one(
        [Values("<Weavers><Stamp /></Weavers>", "<Weavers><Stamp /><ProfilerWeaver /></Weavers>")] string settings)
    {
        using var consumer = new Consumer();
        File.WriteAllText(consumer["Stamped/App/FodyWeavers.xml"], settings);

        foreach (var configuration in new[] { "Debug", "Release", "Release-Profiled" })
        {
            var build = consumer.Build("Stamped/App", configuration);
            Assert.That(build.Weavings, Is.EqualTo(configuration == "Release-Profiled" ? 1 : 0), configuration);
            Assert.That(build.Complaints, Is.Empty);
            Assert.That(consumer.Run("Stamped/App", configuration), Does.StartWith("stamped"));
            Assert.That(consumer.Profiles.Any(), Is.EqualTo(configuration == "Release-Profiled"));
        }
        Assert.That(consumer.Profile("App.prof").Select(row => row.Name), Does.Contain("Program.IsStamped"));
    }

    [Test]
    public void What_another_weaver_makes_of_a_Release_is_byte_for_byte_the_same()
    {
        using var consumer = new Consumer();
        byte[] Build(params string[] switches)
        {
            consumer.Clean();
            consumer.Build("Stamped/App", "Release", switches);
            return File.ReadAllBytes(consumer.Output("Stamped/App", "Release"));
        }

        var without = Build("-p:WithoutPackage=true");

        Assert.That(Build(), Is.EqualTo(without));
    }

    [Test]
    public void The_first_settings_file_is_still_written_by_Fody()
    {
        using var consumer = new Consumer();
        File.Delete(consumer["Stamped/App/FodyWeavers.xml"]);

        consumer.Build("Stamped/App", "Release", "-p:TreatWarningsAsErrors=false");

        Assert.That(consumer.Run("Stamped/App", "Release"), Does.StartWith("stamped"));
        Assert.That(File.ReadAllText(consumer["Stamped/App/FodyWeavers.xml"]), Does.Contain("<Stamp />"));
    }

    [Test]
    public void The_schema_for_editors_describes_both_and_does_not_change_with_the_configuration()
    {
        using var consumer = new Consumer();
        string Schema(string configuration)
        {
            consumer.Build("Stamped/App", configuration);
            return File.ReadAllText(consumer["Stamped/App/FodyWeavers.xsd"]);
        }

        var profiled = Schema("Release-Profiled");

        Assert.That(profiled, Does.Contain("\"Stamp\"").And.Contain("\"MinimumInstructions\""));
        Assert.That(Schema("Release"), Is.EqualTo(profiled));
    }

    // It is no Fody add-in, and knows nothing but what the compiler writes.
    [Test]
    public void W4_AspectInjector_comes_before_the_weaver_and_once()
    {
        using var consumer = new Consumer();
        consumer.Build("Aspects/App", "Release");
        var unwoven = consumer.Run("Aspects/App", "Release");

        var build = consumer.Build("Aspects/App", "Release-Profiled");
        Assert.That(build.Weavings, Is.EqualTo(1));
        Assert.That(consumer.Run("Aspects/App", "Release-Profiled"), Is.EqualTo(unwoven).And.Contains("after Work"));
        Assert.That(consumer.Profile("App.prof").Single(row => row.Name == "Service.Work").Calls, Is.EqualTo(2));

        var image = File.ReadAllBytes(consumer.Output("Aspects/App", "Release-Profiled"));
        var again = consumer.Build("Aspects/App", "Release-Profiled");
        Assert.That(again.Weavings, Is.Zero);
        Assert.That(File.ReadAllBytes(consumer.Output("Aspects/App", "Release-Profiled")), Is.EqualTo(image));
        Assert.That(consumer.Run("Aspects/App", "Release-Profiled"), Is.EqualTo(unwoven));
    }
}
