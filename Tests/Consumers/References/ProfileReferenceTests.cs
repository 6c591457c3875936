using System.Reflection;
using System.Security.Cryptography;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>Assemblies that others have compiled, woven because the project names them in
/// <c>ProfileReference</c>.</summary>
public class ProfileReferenceTests
{
    const string Configuration = "Release-Profiled";
    const string Project = "Catalogue/App";
    const string Package = "Microsoft.Extensions.DependencyModel";

    [Test]
    public void Their_methods_are_recorded_and_only_by_themselves()
    {
        using var consumer = new Consumer();

        var build = consumer.Build(Project, Configuration);
        consumer.Run(Project, Configuration);

        Assert.That(build.WovenReferences, Is.EqualTo(new[] { "Legacy.dll", $"{Package}.dll" }));
        var rows = consumer.Profile("App.prof");
        Assert.That(rows.Select(row => (row.Calls, row.Name, Path.GetFileName(row.File), row.Line)), Is.SupersetOf(new[]
        {
            (1, "Program.Main", "Program.cs", 10),
            (3, "Legacy.Shelf.Add", "Shelf.cs", 11),
            (3, "Legacy.Shelf.Trim", "Shelf.cs", 13),
            (3, "<System.String.Trim>", "~", 0),
        }));
        Assert.That(rows.Select(row => row.Name), Does.Contain($"{Package}.DependencyContextJsonReader.Read(Stream)"));
        Assert.That(rows.Select(row => row.Name), Has.None.StartsWith("<Legacy.").And.None.StartsWith($"<{Package}."));
    }

    [Test]
    public void They_keep_their_identity_their_symbols_and_their_place_and_the_originals_are_not_touched()
    {
        using var consumer = new Consumer();
        consumer.Build(Project, "Release");
        var original = consumer.Beside(Project, "Release", $"{Package}.dll");
        var cached = consumer.PackageFile(Project, Package);
        var before = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(cached)));

        consumer.Build(Project, Configuration);

        var woven = consumer.Beside(Project, Configuration, $"{Package}.dll");
        Assert.That(File.ReadAllBytes(original), Is.EqualTo(File.ReadAllBytes(cached)), "Release");
        Assert.That(File.ReadAllBytes(woven), Is.Not.EqualTo(File.ReadAllBytes(cached)));
        Assert.That(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(cached))), Is.EqualTo(before));
        var identity = AssemblyName.GetAssemblyName(original).FullName;
        Assert.That(identity, Does.Not.Contain("PublicKeyToken=null"));
        Assert.That(AssemblyName.GetAssemblyName(woven).FullName, Is.EqualTo(identity));
        Assert.That(new AssemblyFile(woven).IsSigned, Is.False);
        Assert.That(File.ReadAllText(consumer.Output(Project, Configuration, ".deps.json")),
            Is.EqualTo(File.ReadAllText(consumer.Output(Project, "Release", ".deps.json"))));
        var library = consumer.Beside(Project, Configuration, "Legacy.dll");
        var symbols = AssemblySymbols.IdIn(Path.ChangeExtension(library, ".pdb"));
        Assert.That(AssemblySymbols.IdOf(library), Is.EqualTo(symbols));
    }

    [Test]
    public void They_are_woven_again_when_they_or_the_settings_have_changed_and_cleaned_away()
    {
        using var consumer = new Consumer();
        IEnumerable<string> Woven(params string[] switches) =>
            consumer.Build(Project, Configuration, switches).WovenReferences;

        Assert.That(Woven(), Has.Exactly(2).Items, "first build");
        Assert.That(Woven(), Is.Empty, "nothing changed");
        Configure(consumer, """Builtins="false" """);
        Assert.That(Woven(), Has.Exactly(2).Items, "settings added");
        Replace(consumer["Catalogue/Legacy/Shelf.cs"], "title.Trim()", "title");
        Assert.That(Woven(), Is.EqualTo(new[] { "Legacy.dll" }), "library changed");
        Assert.That(consumer.Run(Project, Configuration), Does.Contain("3"));
        Assert.That(consumer.Profile("App.prof").Select(row => row.Name), Has.None.StartsWith("<"));

        var profiled = consumer[$"Catalogue/App/obj/{Configuration}/net10.0/profiled"];
        Assert.That(Directory.GetFiles(profiled), Is.Not.Empty);
        consumer.Dotnet("clean", Project);
        Assert.That(!Directory.Exists(profiled) || Directory.GetFiles(profiled).Length == 0);
    }

    [Test]
    public void A_name_taken_away_brings_the_original_back()
    {
        using var consumer = new Consumer();
        var project = consumer["Catalogue/App/App.csproj"];
        consumer.Build(Project, Configuration);

        Replace(project, $"Legacy;{Package}", "Legacy");
        consumer.Build(Project, Configuration);
        consumer.Run(Project, Configuration);

        Assert.That(File.ReadAllBytes(consumer.Beside(Project, Configuration, $"{Package}.dll")),
            Is.EqualTo(File.ReadAllBytes(consumer.PackageFile(Project, Package))));
        Assert.That(consumer.Profile("App.prof").Select(row => row.Name),
            Does.Contain($"<{Package}.DependencyContextJsonReader.Read>").And.Contain("Legacy.Shelf.Add"));
    }

    [Test]
    public void Wildcards_name_what_they_match_and_what_matches_nothing_useful_is_a_warning_that_says_so()
    {
        using var consumer = new Consumer();

        var build = consumer.Build(Project, Configuration, "-p:TreatWarningsAsErrors=false",
            "-p:ProfileReferences=Micro*.Depend?ncyModel%3BLegcy%3BSystem.Text.Json%3BProfilerWeaver");

        Assert.That(build.WovenReferences, Does.Contain($"{Package}.dll"));
        Assert.That(build.Complaints, Does.Contain("App.csproj : warning PW0001: ProfileReference \"Legcy\"")
            .And.Contain("Did you mean \"Legacy\"?")
            .And.Contain("warning PW0002: ProfileReference \"System.Text.Json\"")
            .And.Contain("warning PW0003: ProfileReference \"ProfilerWeaver\"")
            .And.Not.Contain("Micro*"));
    }

    [Test]
    public void A_wildcard_that_MSBuild_takes_for_one_of_file_names_is_pointed_out()
    {
        using var consumer = new Consumer();
        var project = consumer["Catalogue/App/App.csproj"];
        Replace(project, $"Legacy;{Package}", "Leg*");

        var build = consumer.Build(Project, Configuration, "-p:TreatWarningsAsErrors=false");

        Assert.That(build.WovenReferences, Is.Empty);
        Assert.That(build.Complaints, Does.Contain("PW0005").And.Contain("<ProfileReferences>"));
    }

    [Test]
    public void One_that_cannot_be_woven_is_a_warning_with_the_reason_and_the_program_is_built_with_the_original()
    {
        using var consumer = new Consumer();
        Replace(consumer["Catalogue/Legacy/Legacy.csproj"], "</TargetFramework>",
            "</TargetFramework><ProduceOnlyReferenceAssembly>true</ProduceOnlyReferenceAssembly>");

        for (var i = 0; i < 2; i++)
        {
            var build = consumer.Build(Project, Configuration, "-p:TreatWarningsAsErrors=false");
            Assert.That(build.WovenReferences.Any(), Is.EqualTo(i == 0), $"build {i}");
            if (i == 0)
            {
                Assert.That(build.Complaints,
                    Does.Contain("PW0004").And.Contain("\"Legacy\"").And.Contain("reference assembly"));
            }
        }

        Assert.That(File.ReadAllBytes(consumer.Beside(Project, Configuration, "Legacy.dll")), Is.EqualTo(
            File.ReadAllBytes(consumer[$"Catalogue/Legacy/bin/{Configuration}/netstandard2.0/Legacy.dll"])));
    }

    [Test]
    public void Settings_that_are_wrong_fail_the_build_and_name_the_file()
    {
        using var consumer = new Consumer();
        Configure(consumer, """Output="{nam}" """);

        var build = consumer.TryBuild(Project, Configuration);

        Assert.That(build.Succeeded, Is.False);
        Assert.That(build.Complaints, Does.Contain("FodyWeavers.xml").And.Contain("{nam}").And.Contain("{name}"));
    }

    static void Configure(Consumer consumer, string attributes) =>
        File.WriteAllText(consumer[$"{Project}/FodyWeavers.xml"], $"<Weavers><ProfilerWeaver {attributes}/></Weavers>");

    static void Replace(string path, string from, string to)
    {
        var text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
