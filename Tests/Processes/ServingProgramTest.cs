using System.Globalization;
using System.Runtime.Versioning;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>A woven program that works whenever it is told to, and the tool, which finds it.</summary>
[SupportedOSPlatform("linux")]
public abstract class ServingProgramTest : ProcessTest
{
    private protected ProfTool Tool { get; } = new();

    /// <summary>A script for <c>sh</c> that runs the program, which is <c>"$@"</c> there.</summary>
    private protected string? ProgramShell { get; set; }

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
        var program = WovenProgram.With(Woven).Begin(Start("Serve") with { Environment = ProgramEnvironment, Shell = ProgramShell });
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

    /// <summary>The rows of so much work.</summary>
    private protected static string[] WorkOf(int times) =>
        [$"Work.Do {times}/{times}", $"Work.Step {3 * times}/{3 * times} < Work.Do {3 * times}/{3 * times}", $"Work.Leaf {6 * times}/{6 * times} < Work.Step {6 * times}/{6 * times}"];

    /// <summary>The number of its process.</summary>
    private protected static string Number(RunningProgram program) => Number(program.ProcessId);

    /// <summary>A number as text.</summary>
    private protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a socket answers to a line; null if it does not.</summary>
    private protected static ControlMessage? Converse(string socket, byte[] line)
    {
        var connection = LinuxSocket.Connect(socket, out _);
        Assert.That(connection, Is.GreaterThanOrEqualTo(0));
        LinuxSocket.Write(connection, line);
        var answer = LinuxSocket.ReadLine(connection, ControlMessage.LongestLine, seconds: 30);
        _ = LinuxSocket.Close(connection);
        return answer is null ? null : ControlMessage.Read(answer);
    }

    /// <summary>Where it is told what to do.</summary>
    private protected string SocketOf(RunningProgram program) => PathOf($"{program.ProcessId}.control");

    /// <summary>Waits until it has begun to record.</summary>
    private protected void WaitUntilItRecords(RunningProgram program)
    {
        while (Tell(program, ControlField.Status)[ControlField.State] != ControlField.Recording)
            Thread.Sleep(1);
    }

    /// <summary>Tells it what to do.</summary>
    private protected ControlMessage Tell(RunningProgram program, string command, params (string Name, string Value)[] fields)
    {
        var message = new ControlMessage(command);
        foreach (var (name, value) in fields)
            message[name] = value;
        return Converse(SocketOf(program), message.ToLine())!;
    }
}
