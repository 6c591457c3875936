using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>What <c>dotnet publish</c> makes of a woven program with a woven library and a woven package.</summary>
public class PublishTests
{
    const string Project = "Catalogue/App";

    static readonly string Platform = RuntimeInformation.RuntimeIdentifier;

    [Test]
    public void A_published_program_is_woven_and_publishing_weaves_nothing_again()
    {
        using var consumer = new Consumer();
        consumer.Build(Project, "Release-Profiled");

        var publish = consumer.Dotnet("publish", Project, "--no-build");

        Assert.That(publish.Weavings + publish.WovenReferences.Count(), Is.Zero);
        var folder = consumer[$"{Project}/bin/Release-Profiled/net10.0/publish"];
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.SupersetOf(new[]
        {
            "App.dll", "Legacy.dll", "Legacy.pdb", "Microsoft.Extensions.DependencyModel.dll", "ProfilerWeaver.Analysis.dll",
            "ProfilerWeaver.dll",
        }));
        consumer.Execute("dotnet", Path.Combine(folder, "App.dll"));
        ExpectAll(consumer);
    }

    [Test]
    public void A_single_file_is_woven()
    {
        using var consumer = new Consumer();

        Publish(consumer, "-p:PublishSingleFile=true", "--self-contained", "false");

        Assert.That(Directory.GetFiles(Folder(consumer), "*.dll"), Is.Empty);
        ExpectAll(consumer);
    }

    [Test, Category("Slow")]
    public void A_self_contained_trimmed_single_file_is_woven()
    {
        using var consumer = new Consumer();
        var project = consumer[$"{Project}/App.csproj"];
        // On the command line it would be a property of the library too, which cannot be trimmed.
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "<OutputType>", "<PublishTrimmed>true</PublishTrimmed><OutputType>", StringComparison.Ordinal));

        Publish(consumer, "-p:PublishSingleFile=true");

        Assert.That(Directory.GetFiles(Folder(consumer), "*.dll"), Is.Empty);
        ExpectAll(consumer);
    }

    [Test, Category("Slow")]
    public void A_program_compiled_ahead_of_time_to_ReadyToRun_is_woven()
    {
        using var consumer = new Consumer();

        Publish(consumer, "-p:PublishReadyToRun=true", "--self-contained", "false");

        var woven = consumer[$"{Project}/obj/Release-Profiled/net10.0/{Platform}/profiled/Legacy.dll"];
        var published = Path.Combine(Folder(consumer), "Legacy.dll");
        Assert.That(new FileInfo(published).Length, Is.GreaterThan(new FileInfo(woven).Length), "with machine code");
        ExpectAll(consumer);
    }

    [Test, Category("Slow")]
    public void A_natively_compiled_program_is_woven()
    {
        // The targets of .NET's own compiler do not take an apostrophe (MSB4113, 10.0).
        using var consumer = new Consumer("Natively compiled ");
        var project = consumer[$"{Project}/App.csproj"];
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "<OutputType>", "<PublishAot>true</PublishAot><OutputType>", StringComparison.Ordinal));

        Publish(consumer);

        ExpectAll(consumer);
    }

    static string Folder(Consumer consumer) => consumer[$"{Project}/bin/Release-Profiled/net10.0/{Platform}/publish"];

    static void Publish(Consumer consumer, params string[] switches)
    {
        consumer.Dotnet("publish", Project, ["-r", Platform, .. switches]);
        consumer.Execute(Path.Combine(Folder(consumer), "App"));
    }

    static void ExpectAll(Consumer consumer) => Assert.That(consumer.Methods("App.prof"), Is.SupersetOf(new[]
    {
        "Program.Main", "Legacy.Shelf.Add",
        "Microsoft.Extensions.DependencyModel.DependencyContextJsonReader.Read(Stream)",
    }));
}
