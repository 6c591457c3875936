using System.Globalization;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>A woven program that works whenever it is told to, and the tool, which finds it.</summary>
public abstract class ServingProgramTest : ProcessTest
{
    private protected ProfTool Tool { get; } = new();

    /// <summary>The environment of the program.</summary>
    private protected Dictionary<string, string> ProgramEnvironment { get; } = [];

    [SetUp]
    public void UseOneFolder() => Tool.Environment["PROFILERWEAVER_CONTROL"] = ProgramEnvironment["PROFILERWEAVER_CONTROL"] = Folder;

    [TearDown]
    public void RemoveTool() => Tool.Dispose();

    /// <summary>Starts the program. If it is recorded, it has worked once.</summary>
    private protected async Task<RunningProgram> Serve(bool isAsleep)
    {
        ProgramEnvironment["PROFILERWEAVER"] = isAsleep ? "0" : "1";
        var program = WovenProgram.With(Woven).Begin(Start("Serve") with { Environment = ProgramEnvironment });
        for (var line = await program.ReadLine(); line != "serves"; line = await program.ReadLine())
            Assert.That(line, Is.Not.Null);
        return program;
    }

    /// <summary>Has it work so many times.</summary>
    private protected static async Task Work(RunningProgram program, int times)
    {
        program.WriteLine(times.ToString(CultureInfo.InvariantCulture));
        Assert.That(await program.ReadLine(), Is.EqualTo("done"));
    }
}
