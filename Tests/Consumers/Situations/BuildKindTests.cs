namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Builds other than the plain one of one project.</summary>
public class BuildKindTests
{
    [Test]
    public void A_solution_is_built_in_parallel()
    {
        using var consumer = new Consumer();
        string[] projects =
        [
            "Catalogue/App/App.csproj", "Catalogue/Legacy/Legacy.csproj", "Plain/Plain.csproj", "Basic/Basic.vbproj",
            "Functional/Functional.fsproj", "Shop/Pricing/Pricing.csproj", "Shop/App/App.csproj",
        ];
        var folders = projects.Select(project =>
            $"""<Folder Name="/{Path.GetDirectoryName(project)}/"><Project Path="{project}" /></Folder>""");
        File.WriteAllText(consumer["All.slnx"], $"""
            <Solution>
              <Configurations><BuildType Name="Release-Profiled" /></Configurations>
              {string.Concat(folders)}
            </Solution>
            """);

        var build = consumer.Dotnet("build", "All.slnx", "-m:4");

        // Pricing has two target frameworks; Legacy, without the package, is woven by the program that names it.
        Assert.That(build.Weavings, Is.EqualTo(7));
        string[] references = ["Legacy.dll", "Microsoft.Extensions.DependencyModel.dll"];
        Assert.That(build.WovenReferences, Is.EquivalentTo(references));
        foreach (var project in new[] { "Plain", "Basic", "Functional", "Shop/App", "Catalogue/App" })
            consumer.Run(project, "Release-Profiled");
        string[] profiles = ["Plain.prof", "Basic.prof", "Functional.prof", "App.prof"];
        Assert.That(consumer.Profiles, Is.EquivalentTo(profiles));
    }

    [Test]
    public void The_same_sources_give_the_same_woven_bytes()
    {
        using var consumer = new Consumer();
        Dictionary<string, byte[]> Build()
        {
            consumer.Clean();
            consumer.Build("Catalogue/App", "Release-Profiled");
            return Directory.GetFiles(consumer["Catalogue/App/bin/Release-Profiled/net10.0"])
                .Where(file => Path.GetExtension(file) is ".dll" or ".pdb")
                .ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        }

        var first = Build();
        var second = Build();

        Assert.That(first.Keys, Is.SupersetOf(new[] { "App.dll", "App.pdb", "Legacy.dll", "Legacy.pdb" }));
        foreach (var (file, bytes) in first)
            Assert.That(second[file].AsSpan().SequenceEqual(bytes), file);
    }

    [Test]
    public void A_design_time_build_weaves_nothing()
    {
        using var consumer = new Consumer();
        consumer.Dotnet("restore", "Catalogue/App");

        var build = consumer.Dotnet("msbuild", "Catalogue/App", "-t:Compile", "-p:DesignTimeBuild=true",
            "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:BuildingInsideVisualStudio=true");

        Assert.That(build.FodyRuns + build.WovenReferences.Count(), Is.Zero);
        Assert.That(consumer["Catalogue/App/obj/Release-Profiled/net10.0/profiled"], Does.Not.Exist);
    }
}
