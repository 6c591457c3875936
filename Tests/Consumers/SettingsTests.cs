namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Where the settings of a project come from.</summary>
public class SettingsTests
{
    const string Configuration = "Release-Profiled";

    [Test]
    public void A_project_overrides_the_solution_attribute_by_attribute()
    {
        using var consumer = new Consumer();
        Write(consumer["Shop/FodyWeavers.xml"], """Builtins="true" Output="solution-{name}.prof" """);
        Write(consumer["Shop/App/FodyWeavers.xml"], """Builtins="false" """);

        var names = BuildAndRun(consumer, "solution-App.prof");

        Assert.That(names, Has.None.StartsWith("<System.Console."));
    }

    [Test]
    public void The_property_WeaverConfiguration_overrides_both()
    {
        using var consumer = new Consumer();
        Write(consumer["Shop/FodyWeavers.xml"], """Builtins="true" Output="solution.prof" """);
        Write(consumer["Shop/App/FodyWeavers.xml"], """Builtins="false" Output="project.prof" """);

        var names = BuildAndRun(consumer, "property.prof",
            "-p:WeaverConfiguration=<Weavers><ProfilerWeaver Output='property.prof' /></Weavers>");

        Assert.That(names, Has.None.StartsWith("<System.Console."));
    }

    [Test]
    public void The_solution_wide_file_is_found_when_a_project_deep_below_it_is_built_alone()
    {
        using var consumer = new Consumer();
        Directory.Delete(consumer["Shop/App"], recursive: true);
        Directory.CreateDirectory(consumer["Shop/source/tools"]);
        Directory.Move(consumer["Plain"], consumer["Shop/source/tools/Plain"]);
        Write(consumer["Shop/FodyWeavers.xml"], """Output="solution-{name}.prof" """);

        consumer.Build("Shop/source/tools/Plain", Configuration);
        consumer.Run("Shop/source/tools/Plain", Configuration);

        Assert.That(consumer.Profiles, Is.EqualTo(new[] { "solution-Plain.prof" }));
    }

    [Test]
    public void An_unknown_attribute_is_an_error_that_names_the_file()
    {
        using var consumer = new Consumer();
        Write(consumer["Plain/FodyWeavers.xml"], """Builtin="false" """);

        var build = consumer.TryBuild("Plain", Configuration);

        Assert.That(build.Succeeded, Is.False);
        Assert.That(build.Complaints, Does.Contain("FodyWeavers.xml").And.Contain("Builtin").And.Contain("Builtins"));
    }

    // The compiler is given reference assemblies, whose bodies are empty.
    [TestCase("true", false)]
    [TestCase("all", true)]
    public void Calls_that_the_JIT_inlines_are_recorded_only_with_all(string builtins, bool areRecorded)
    {
        using var consumer = new Consumer();
        Write(consumer["Plain/FodyWeavers.xml"], $"""Builtins="{builtins}" """);
        File.WriteAllText(consumer["Plain/Program.cs"], """
            var numbers = new System.Collections.Generic.Stack<int>();
            numbers.Push(1);
            System.Console.WriteLine(numbers.Count);
            """);

        consumer.Build("Plain", Configuration);
        consumer.Run("Plain", Configuration);

        var names = consumer.Profile("Plain.prof").Select(row => row.Name).ToList();
        Assert.That(names, Does.Contain("<System.Console.WriteLine>"));
        Assert.That(names.Contains("<System.Collections.Generic.Stack.Count>"), Is.EqualTo(areRecorded));
    }

    static void Write(string path, string attributes) =>
        File.WriteAllText(path, $"<Weavers><ProfilerWeaver {attributes}/></Weavers>");

    static IEnumerable<string> BuildAndRun(Consumer consumer, string profile, params string[] switches)
    {
        consumer.Build("Shop/App", Configuration, switches);
        consumer.Run("Shop/App", Configuration);
        Assert.That(consumer.Profiles, Is.EqualTo(new[] { profile }));
        return [.. consumer.Profile(profile).Select(row => row.Name)];
    }
}
