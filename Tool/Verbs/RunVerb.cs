using System.CommandLine;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof run</c>: weaves a copy of a program, runs it, and shows or saves its profile.</summary>
sealed class RunVerb() : Verb(Word,
    "dotnet prof app.dll input.txt",
    "dotnet prof -s tottime -n 50 script.cs",
    "dotnet prof -o app.prof --weave 'Contoso.*' -m src/App",
    "dotnet prof --clock allocations -m dotnet-format")
{
    public const string Word = "run";

    /// <summary>Whether a program is to be run; otherwise it is one of the other verbs, or a question for help.</summary>
    public static bool IsMeant(string[] arguments, out string[] ofRun)
    {
        var named = arguments.Length > 0 && arguments[0] == Word;
        ofRun = named ? arguments[1..] : arguments;
        if (ofRun.Length == 0)
            return true;
        // Up to the program they are ours, the question for help among them.
        return ofRun[0] is not ("-h" or "--help" or "-?" or "--version") && !ofRun[0].StartsWith('[')
            && (named || !Array.Exists(VerbList.All, verb => verb.Name == arguments[0]));
    }

    /// <summary>Runs what the arguments say, without the library.</summary>
    /// <returns>The exit code; null if they ask for help.</returns>
    public static int? Invoke(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.WriteLine(RunLine.Usage);
            Console.WriteLine();
            return ToolException.Usage;
        }
        if (RunLine.Read(arguments) is not { } run)
            return null;
        if (run.IsPaused && run.OutFile is not null)
        {
            throw new ToolException("--paused cannot be combined with -o: give it to dotnet prof start instead (dotnet prof start PROGRAM -o FILE).",
                ToolException.Usage);
        }
        if (run.IsPaused && run.For is not null)
        {
            throw new ToolException("--paused cannot be combined with --for: give it to dotnet prof start instead (dotnet prof start PROGRAM --for TIME).",
                ToolException.Usage);
        }
        if (run.IsPaused && (run.Warm ?? run.StartAt ?? run.StopAfter) is not null)
        {
            throw new ToolException("--paused cannot be combined with --warm, --start-at or --stop-after: dotnet prof start says when the profile begins, " +
                "and dotnet prof stop when it ends.", ToolException.Usage);
        }
        if (run.OutFile is not null)
        {
            ProfileOutput.Check(run.OutFile);
            new OverwriteGuard(run.OutFile).Check(run.Target.Name);
        }
        run.Target.Alternative = VerbLike;
        var program = run.Target.IsModule ? Module.Find(run.Target) : ProgramFile.Find(run.Target);
        if (OtherProcesses.Warning(program, run.Arguments) is { } warning)
            Messages.WriteLine($"dotnet-prof: warning: {warning}");
        run.Weaving.Tests = VSTestProject.Is(program);
        var choice = run.Precompile ?? PrecompilationName.Default;
        var precompiled = new PrecompiledCopy(program, run.Weaving, choice);
        if (choice == Precompilation.Only)
        {
            precompiled.Compile();
            return 0;
        }
        using var copy = precompiled.Get();
        if (run.IsVerbose && precompiled.Explanation.Length > 0)
            Messages.WriteLine($"dotnet-prof: recompiling {program.Name} ahead of time: {precompiled.Explanation}.");
        foreach (var note in copy.Notes)
            Messages.WriteLine($"dotnet-prof: warning: {note}");
        var exitCode = run.Weaving.Tests ? RunTests(run, copy) : RunProgram(run, copy);
        precompiled.CompileForNextRun();
        return exitCode;
    }

    static int RunProgram(RunArguments run, CachedCopy copy)
    {
        var output = ProfileOutput.For(copy.Original.Name, run.OutFile);
        var child = ChildProcess.Run(ProgramStart.Of(copy, run.Arguments, run.ForRecorder, output));
        return RunReport.Give(run, output, child);
    }

    static int RunTests(RunArguments run, CachedCopy copy)
    {
        var output = TestOutput.For(copy.Original, run.OutFile);
        var child = ChildProcess.Run(TestHostStart.Of(copy, run.Arguments, run.ForRecorder, output));
        var exitCode = RunReport.Give(run, output.Whole, child);
        if (output.Count is > 0 and var count)
            Messages.WriteLine($"dotnet-prof: {(count == 1 ? "1 test has" : $"{count} tests have")} a profile each in {output.Folder}");
        return exitCode;
    }

    /// <summary>For help and completion only.</summary>
    public override Command Create()
    {
        var command = new Command(Name, "Run a program and print its profile; the verb is optional.");
        foreach (var option in RunOption.All.Where(option => option != RunOption.Verbose))
            command.Add(CommandSymbol.Of(option));
        command.Add(new Argument<string>("PROGRAM")
        {
            Description = "A built program (app.dll, or the executable next to it) or a C# file (- for stdin); with -m, the folder " +
                "or file of a project, or the name of an installed .NET tool or of an assembly on the search path.",
        });
        command.Add(new Argument<string[]>("arguments")
        {
            Description = "Arguments passed to the program; one -- directly after PROGRAM is dropped.",
        });
        return command;
    }

    // What somebody may have meant who mistyped a verb.
    static string? VerbLike(string text)
    {
        if (text.Equals("help", StringComparison.OrdinalIgnoreCase))
            return "dotnet prof --help";
        var nearest = NearestName.Of(text, [Word, .. VerbList.All.Select(verb => verb.Name)]);
        return text.Length > 0 && nearest[0] == char.ToLowerInvariant(text[0]) && Math.Abs(nearest.Length - text.Length) <= 1
            ? "dotnet prof " + nearest
            : null;
    }
}
