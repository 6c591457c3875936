namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Which configurations weave, and that the others do not notice the package.</summary>
public class ConfigurationTests
{
    [Test]
    public void Release_Profiled_weaves_program_and_library_and_pstats_reads_the_profile()
    {
        using var consumer = new Consumer();

        var build = consumer.Build("Shop/App", "Release-Profiled");
        var output = consumer.Run("Shop/App", "Release-Profiled");

        Assert.That(build.Weavings, Is.EqualTo(2));
        Assert.That(output, Does.Contain("597 in RELEASE PROFILED"));
        Assert.That(consumer.Profiles, Is.EqualTo(new[] { "App.prof" }));
        var rows = consumer.Profile("App.prof");
        Assert.That(rows.Select(row => (row.Calls, row.Name, Path.GetFileName(row.File), row.Line)), Is.SupersetOf(new[]
        {
            (1, "Shop.Program.Main", "Program.cs", 8),
            (1, "Shop.Program.Total", "Program.cs", 10),
            (3, "Shop.Price.Of", "Price.cs", 5),
            (3, "Shop.Price.Digits", "Price.cs", 9),
        }));
    }

    [Test]
    public void Debug_and_Release_are_byte_for_byte_what_they_are_without_the_package(
        [Values("Debug", "Release")] string configuration)
    {
        using var consumer = new Consumer();
        Dictionary<string, byte[]> Build(params string[] switches)
        {
            consumer.Clean();
            Assert.That(consumer.Build("Shop/App", configuration, switches).FodyRuns, Is.Zero);
            return new[] { "Shop/App/bin", "Shop/Pricing/bin" }
                .SelectMany(folder => Directory.EnumerateFiles(consumer[folder], "*", SearchOption.AllDirectories))
                .Where(file => Path.GetFileName(file).StartsWith("App.", StringComparison.Ordinal)
                    || Path.GetFileName(file).StartsWith("Pricing.", StringComparison.Ordinal))
                .Where(file => Path.GetExtension(file) is ".dll" or ".pdb")
                .ToDictionary(file => file, File.ReadAllBytes);
        }

        var without = Build("-p:WithoutPackage=true");
        var with = Build();

        Assert.That(with.Keys, Is.EquivalentTo(without.Keys).And.Count.EqualTo(6));
        foreach (var (file, bytes) in without)
            Assert.That(with[file].AsSpan().SequenceEqual(bytes), file);
        Assert.That(consumer["Shop/App/FodyWeavers.xsd"], Does.Not.Exist);
        Assert.That(File.ReadAllText(consumer["Shop/App/FodyWeavers.xml"]), Does.Not.Contain("xsi"));
        consumer.Run("Shop/App", configuration);
        Assert.That(consumer.Profiles, Is.Empty);
    }

    [Test]
    public void Every_target_framework_of_a_library_is_woven()
    {
        using var consumer = new Consumer();

        Assert.That(consumer.Build("Shop/Pricing", "Release-Profiled").Weavings, Is.EqualTo(2));
        Assert.That(consumer.Build("Shop/Pricing", "Release-Profiled").Weavings, Is.Zero);
    }

    [Test]
    public void The_switch_weaves_any_configuration_and_without_it_the_next_build_does_not()
    {
        using var consumer = new Consumer();
        var assembly = consumer.Output("Shop/App", "Debug");

        consumer.Build("Shop/App", "Debug");
        var before = File.ReadAllBytes(assembly);
        var on = consumer.Build("Shop/App", "Debug", "-p:ProfilerWeaver=true");
        Assert.That(on.Weavings, Is.EqualTo(2));
        Assert.That(consumer.Run("Shop/App", "Debug"), Does.Contain("in DEBUG PROFILED"));
        Assert.That(consumer.Profiles, Is.EqualTo(new[] { "App.prof" }));

        var off = consumer.Build("Shop/App", "Debug");
        Assert.That(off.FodyRuns, Is.Zero);
        Assert.That(File.ReadAllBytes(assembly), Is.EqualTo(before));
        Assert.That(consumer.Run("Shop/App", "Debug"), Does.Not.Contain("PROFILED"));
    }

    [Test]
    public void A_project_may_stay_out_of_Release_Profiled()
    {
        using var consumer = new Consumer();

        var build = consumer.Build("Plain", "Release-Profiled", "-p:ProfilerWeaver=false");

        Assert.That(build.FodyRuns, Is.Zero);
        consumer.Run("Plain", "Release-Profiled");
        Assert.That(consumer.Profiles, Is.Empty);
    }

    [Test]
    public void A_switch_that_is_neither_true_nor_false_is_an_error()
    {
        using var consumer = new Consumer();

        var build = consumer.TryBuild("Plain", "Release", "-p:ProfilerWeaver=1");

        Assert.That(build.Succeeded, Is.False);
        Assert.That(build.Complaints, Does.Contain("ProfilerWeaver is '1' in Plain.csproj. Expected true"));
    }

    [Test]
    public void A_project_without_FodyWeavers_xml_is_woven_with_the_defaults_and_gets_no_such_file()
    {
        using var consumer = new Consumer();

        var build = consumer.Build("Plain", "Release-Profiled");
        consumer.Run("Plain", "Release-Profiled");

        Assert.That(build.Weavings, Is.EqualTo(1));
        var rows = consumer.Profile("Plain.prof").Select(row => (row.Calls, row.Name));
        Assert.That(rows, Is.SupersetOf(new[] { (4, "Program.Greet"), (4, "<System.Console.WriteLine>") }));
        Assert.That(Directory.GetFiles(consumer["Plain"], "FodyWeavers.*"), Is.Empty);
    }

    [Test]
    public void A_program_that_uses_the_library_itself_builds_in_every_configuration(
        [Values("Release", "Release-Profiled")] string configuration)
    {
        using var consumer = new Consumer();
        File.WriteAllText(consumer["Plain/Program.cs"],
            "System.Console.WriteLine(ProfilerWeaver.Profile.Current is not null);");

        consumer.Build("Plain", configuration);

        var recording = configuration == "Release-Profiled";
        Assert.That(consumer.Run("Plain", configuration), Does.StartWith(recording.ToString()));
    }

    [Test]
    public void A_project_that_stays_out_of_the_configuration_has_the_constants_of_Release()
    {
        using var consumer = new Consumer();
        File.WriteAllText(consumer["Plain/Program.cs"], """
            #if RELEASE && !PROFILED
            System.Console.WriteLine("as released");
            #endif
            """);

        var built = consumer.Build("Plain", "Release-Profiled", "-p:ProfilerWeaver=false");

        Assert.That(built.Weavings, Is.Zero);
        Assert.That(consumer.Run("Plain", "Release-Profiled"), Does.StartWith("as released"));
    }

    [Test]
    public void The_run_time_switch_in_the_environment_does_not_change_what_is_built([Values("0", "1")] string value)
    {
        using var consumer = new Consumer();

        consumer.BuildEnvironment.Add(("PROFILERWEAVER", value));

        var release = consumer.Build("Plain", "Release");
        var profiled = consumer.Build("Plain", "Release-Profiled");

        Assert.That((release.Weavings, profiled.Weavings), Is.EqualTo((0, 1)));
    }

    [TestCase("Basic", "Program.vb")]
    [TestCase("Functional", "Program.fs")]
    public void Other_languages_have_the_configuration_too(string project, string source)
    {
        using var consumer = new Consumer();

        consumer.Build(project, "Release-Profiled");

        Assert.That(consumer.Run(project, "Release-Profiled"), Does.Contain("PROFILED"));
        var greet = consumer.Profile($"{project}.prof").Single(
            row => row.Name.EndsWith("Program.greet", StringComparison.OrdinalIgnoreCase));
        Assert.That((greet.Calls, Path.GetFileName(greet.File)), Is.EqualTo((4, source)));
    }

    [Test]
    public void What_is_profiled_is_optimised()
    {
        using var consumer = new Consumer();

        consumer.Build("Plain", "Release-Profiled");

        var woven = new AssemblyFile(consumer.Output("Plain", "Release-Profiled"));
        Assert.That(woven.IsOptimised);
    }

    [Test]
    public void A_misspelled_configuration_is_warned_about_unless_it_is_meant()
    {
        using var consumer = new Consumer();

        var misspelled = consumer.Build("Plain", "ReleaseProfiled", "-p:TreatWarningsAsErrors=true");
        var meant = consumer.Build("Plain", "ReleaseProfiled", "-p:ProfilerWeaver=false");

        Assert.That(misspelled.Complaints, Does.Contain("warning PW0007: The configuration ReleaseProfiled is not woven. Build with -c Release-Profiled"));
        Assert.That(meant.Complaints, Is.Empty);
    }

    [Test]
    public void A_referenced_project_without_the_package_is_warned_about_until_it_is_optimised()
    {
        using var consumer = new Consumer();

        var without = consumer.Build("Catalogue/App", "Release-Profiled");
        var optimised = consumer.Build("Catalogue/App", "Release-Profiled", "-t:Rebuild", "-p:Optimize=true");

        Assert.That(without.Complaints, Does.Contain("App.csproj : warning PW0006: Legacy.dll is not optimised: its project does not " +
            "reference ProfilerWeaver.Fody").And.Contain("<Optimize Condition=\"'$(Configuration)' == 'Release-Profiled'\">true</Optimize>"));
        Assert.That(optimised.Complaints, Is.Empty);
    }
}
