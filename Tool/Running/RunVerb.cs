using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof run</c>: weaves a copy of a program, runs it, and shows or saves its profile.</summary>
static class RunVerb
{
    public static int Invoke(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.WriteLine(RunLine.Usage);
            Console.WriteLine();
            return ToolException.Usage;
        }
        if (RunLine.Read(arguments) is not { } run)
            return CommandLine.Invoke(["run", "--help"]);
        if (run.OutFile is not null)
            ProfileOutput.Check(run.OutFile);
        var program = run.IsModule ? Module.Find(run.Program, run) : ProgramFile.Find(run.Program, run);
        if (OtherProcesses.Warning(program, run.Arguments) is { } warning)
            Messages.WriteLine($"dotnet-prof: warning: {warning}");
        using var copy = CopyCache.Get(program, run);
        foreach (var note in copy.Notes)
            Messages.WriteLine($"dotnet-prof: warning: {note}");
        var output = ProfileOutput.For(program.Name, run.OutFile);
        var child = ChildProcess.Run(copy, run, output);
        return RunReport.Give(run, output, child);
    }
}
