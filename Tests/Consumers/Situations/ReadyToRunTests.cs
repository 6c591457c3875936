using System.Runtime.InteropServices;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The recorder is compiled ahead of time where its platform is known, and IL elsewhere. All tests expect it of
/// builds in Release only, and where the compiler is to be had.</summary>
public class ReadyToRunTests
{
    const string Configuration = "Release-Profiled";

    static readonly string Platform = RuntimeInformation.RuntimeIdentifier;

    // Built like any program of this repository.
    static readonly bool IsBuilt = IsImage(typeof(Profile).Assembly.Location);

    [Test]
    public void A_program_for_all_platforms_chooses_the_machine_code_for_its_own()
    {
        using var consumer = new Consumer();
        Report(consumer, "Plain/Program.cs");

        consumer.Build("Plain", Configuration);

        Assert.That(IsImage(consumer[$"Plain/bin/{Configuration}/net10.0/ProfilerWeaver.dll"]), Is.False);
        Assert.That(IsImage(Loaded(consumer.Run("Plain", Configuration))), Is.EqualTo(IsBuilt));
        Assert.That(consumer.Profiles, Is.EqualTo(new[] { "Plain.prof" }));
    }

    [Test]
    public void A_program_for_one_platform_has_the_machine_code_for_it()
    {
        using var consumer = new Consumer();

        consumer.Dotnet("publish", "Plain", "-r", Platform, "--self-contained", "false");

        Assert.That(IsImage(consumer[$"Plain/bin/{Configuration}/net10.0/{Platform}/publish/ProfilerWeaver.dll"]), Is.EqualTo(IsBuilt));
    }

    // .NET 8 would reject it, and its own compiler would leave it as it is.
    [Test]
    public void A_program_for_an_older_framework_has_none()
    {
        using var consumer = new Consumer();
        var project = consumer["Plain/Plain.csproj"];
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "<OutputType>", "<TargetFramework>net8.0</TargetFramework><OutputType>", StringComparison.Ordinal));

        consumer.Dotnet("build", "Plain", "-r", Platform, "--self-contained", "false");

        Assert.That(IsImage(consumer[$"Plain/bin/{Configuration}/net8.0/{Platform}/ProfilerWeaver.dll"]), Is.False);
    }

    [Test]
    public void The_tool_is_compiled_ahead_of_time_and_brings_a_recorder_for_other_machines()
    {
        var tool = Path.GetDirectoryName(CommandLineTool.ProfTool.Assembly)!;
        // That one is loaded by hosts of tests, not by the tool.
        var assemblies = Directory.GetFiles(tool, "*.dll")
            .Where(path => Path.GetFileName(path) != "ProfilerWeaver.TestHost.dll").ToArray();

        Assert.That(assemblies.Select(IsImage), Has.All.EqualTo(IsBuilt));
        Assert.That(assemblies, Has.Length.GreaterThan(5));
        Assert.That(IsImage(Path.Combine(tool, "portable", "ProfilerWeaver.dll")), Is.False);
    }

    static bool IsImage(string path) => new AssemblyFile(path).IsReadyToRun;

    static void Report(Consumer consumer, string program) => File.AppendAllText(consumer[program],
        "\nstatic class Loaded { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Report() => " +
        "System.Console.WriteLine($\"<{typeof(ProfilerWeaver.Profile).Assembly.Location}>\"); }\n");

    static string Loaded(string output) => output.Split('<', '>')[1];
}
