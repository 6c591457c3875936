using Mono.Cecil;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>Programs that bring a <c>ProfilerWeaver.dll</c> of their own: the one of the tool is loaded in its place.</summary>
public sealed class OtherRecorderTests : IDisposable
{
    readonly ProfTool tool = new(hasOwnCache: true);

    string Program => tool["shop/Shop.dll"];

    string Recorder => tool["shop/ProfilerWeaver.dll"];

    public OtherRecorderTests()
    {
        Directory.CreateDirectory(tool["shop"]);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(ToolApps.Assembly("Shop"))!))
            File.Copy(file, Path.Combine(tool["shop"], Path.GetFileName(file)));
        // IL, which can be written again.
        File.Copy(Path.Combine(Path.GetDirectoryName(ProfTool.Assembly)!, "portable", Path.GetFileName(Recorder)), Recorder);
    }

    public void Dispose() => tool.Dispose();

    [Test]
    public void One_of_the_same_version_is_not_mentioned() => Assert.That(Run().Errors, Is.EqualTo(tool.Saved("run.prof")));

    [Test]
    public void One_of_another_version_is_mentioned_and_the_program_runs()
    {
        SetVersion("0.1.7-other");

        var run = Run();

        Assert.That(run.Errors, Does.StartWith($"dotnet-prof: warning: {Recorder} is of version 0.1.7-other; that of dotnet-prof, 0.1.")
            .And.Contain("update dotnet-prof and the package ProfilerWeaver.Fody of the program to the same version.\n"));
        Assert.That((run.Output, run.ExitCode), Is.EqualTo(("3\n", 0)));
        Assert.That(new Stats(tool["run.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
    }

    [Test]
    public void It_is_mentioned_where_an_application_is_woven_into_a_folder()
    {
        SetVersion("0.1.7-other");

        var result = tool.Run("weave", tool["shop"], "-o", "woven");

        Assert.That(result.Errors, Does.StartWith($"dotnet-prof: warning: {Recorder} is of version 0.1.7-other; "));
        Assert.That(result.ExitCode, Is.Zero);
    }

    ToolResult Run() => tool.Run("-o", "run.prof", Program, "sell", "tea");

    void SetVersion(string version)
    {
        using var module = ModuleDefinition.ReadModule(Recorder, new() { InMemory = true });
        var attribute = module.Assembly.CustomAttributes.Single(known => known.AttributeType.Name == "AssemblyInformationalVersionAttribute");
        attribute.ConstructorArguments[0] = new(module.TypeSystem.String, version);
        module.Write(Recorder);
    }
}
