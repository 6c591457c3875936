using System.Diagnostics;
using ProfilerWeaver.Tests.RealAssemblies;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>Large programs that we did not write, woven with all their dependencies, do what they do unwoven; and what is
/// counted is no matter of chance.</summary>
public sealed class LargeProgramTests : IDisposable
{
    readonly ProfTool tool = new();

    static readonly string[] References = [.. Directory.GetFiles(Sdk.Framework, "System*.dll")
        .Append(Path.Combine(Sdk.Framework, "netstandard.dll"))
        .Where(file => !file.EndsWith(".Native.dll", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(file => "-r:" + file)];

    public void Dispose() => tool.Dispose();

    [Test]
    public void The_tool_itself_counts_the_same_calls_in_two_runs()
    {
        string[] program = [ProfTool.Assembly, "weave", ToolApps.Assembly("Shop"), "-o", "woven"];
        var unwoven = Unwoven(program);
        var image = File.ReadAllBytes(tool["woven/Shop.dll"]);

        string[] run = ["--weave", "*", .. program];
        var first = tool.Run(["-o", "first.prof", .. run]);
        var second = tool.Run(["-o", "second.prof", .. run]);

        Assert.That(first.ExitCode, Is.EqualTo(unwoven.ExitCode).And.Zero, first.Errors);
        Assert.That(second.Errors, Is.EqualTo(tool.Saved("second.prof")));
        Assert.That(File.ReadAllBytes(tool["woven/Shop.dll"]), Is.EqualTo(image));
        var calls = Calls("first.prof");
        Assert.That(Calls("second.prof"), Is.EqualTo(calls));
        Assert.That(calls, Has.Count.GreaterThan(1000));
        Assert.That(calls.Select(row => row.Label), Has.Some.Contains("Mono.Cecil.ModuleDefinition.Write"));
    }

    static IEnumerable<TestCaseData> Compilers()
    {
        yield return new TestCaseData(Path.Combine(Sdk.Folder, "Roslyn", "bincore", "csc.dll"), "program.cs",
            "System.Console.WriteLine(string.Join(' ', System.Linq.Enumerable.Range(0, 9)));",
            new[] { "-noconfig", "-nostdlib", "-deterministic", "-nologo", "-out:out.dll" }).SetArgDisplayNames("csc");
        // RealProgramsTests weave it each time; by the tool it takes a minute.
        if (!RealAssembly.IsLongForm)
            yield break;
        yield return new TestCaseData(Path.Combine(Sdk.Folder, "FSharp", "fsc.dll"), "program.fs",
            "module Program\n[<EntryPoint>]\nlet main _ = printfn \"%d\" (List.sum [ 1; 2 ]); 0",
            new[] { "--noframework", "--deterministic+", "--nologo", "--targetprofile:netcore", "-o:out.dll",
                "-r:" + Path.Combine(Sdk.Folder, "FSharp", "FSharp.Core.dll") }).SetArgDisplayNames("fsc");
    }

    [TestCaseSource(nameof(Compilers))]
    [Category("RealAssemblies")]
    public void A_compiler_does_the_same(string compiler, string file, string source, string[] arguments)
    {
        File.WriteAllText(tool[file], source);
        string[] program = [compiler, .. arguments, .. References, file];
        var unwoven = Unwoven(program);
        var image = File.ReadAllBytes(tool["out.dll"]);
        File.Delete(tool["out.dll"]);

        var woven = tool.Run(["-o", "compiler.prof", "--weave", "*", .. program]);

        Assert.That(woven, Is.EqualTo(unwoven with { Errors = unwoven.Errors + tool.Saved("compiler.prof") }));
        Assert.That(File.ReadAllBytes(tool["out.dll"]), Is.EqualTo(image));
        Assert.That(Calls("compiler.prof"), Has.Count.GreaterThan(3000));
    }

    ToolResult Unwoven(string[] program)
    {
        using var running = new RunningTool(Process.Start(tool.Start("dotnet", program))!, TimeSpan.FromMinutes(2));
        return running.End();
    }

    List<(string Label, long Calls, long Primitive)> Calls(string profile) =>
        [.. new Stats(tool[profile]).Select(row => (row.Label.ToString(), row.Calls, row.PrimitiveCalls)).Order()];
}
