using System.Diagnostics;
using System.Text;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The tool as <c>dotnet build</c> leaves it, used from a folder of its own.</summary>
/// <param name="hasOwnCache">Whether it weaves what other tests have woven already.</param>
sealed class ProfTool(bool hasOwnCache = false) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly TemporaryFolder temporary = new();

    /// <summary>The tool's assembly.</summary>
    public static string Assembly { get; } = Path.Combine(PackageFeed.Repository, "Tool", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "dotnet-prof.dll");

    /// <summary>The folder in which the tool is used.</summary>
    public string Folder => temporary.Location;

    /// <summary>The folder of the woven copies.</summary>
    public string Cache => hasOwnCache ? Path.Combine(temporary.Location, "cache") : ToolApps.Cache;

    /// <summary>Further variables of the tool's environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What the tool says on stderr when it has saved a profile in the folder.</summary>
    public string Saved(string file) =>
        $"dotnet-prof: the profile is {this[file]}; dotnet prof stats {file} shows it.\n";

    /// <summary>The path of a file in the folder.</summary>
    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>Runs the tool to its end, with nothing to read.</summary>
    public ToolResult Run(params string[] arguments) => RunWithInput("", arguments);

    /// <summary>Runs the tool to its end.</summary>
    /// <param name="input">What it reads.</param>
    public ToolResult RunWithInput(string input, params string[] arguments)
    {
        using var running = Begin(arguments);
        return running.End(input);
    }

    /// <summary>Starts the tool.</summary>
    public RunningTool Begin(params string[] arguments) => Begin(Patience, arguments);

    /// <summary>Starts the tool, which may take so long.</summary>
    public RunningTool Begin(TimeSpan patience, params string[] arguments) =>
        new(Process.Start(Start("dotnet", [Assembly, .. arguments]))!, patience);

    /// <summary>How to start a command with the streams and the environment of the tool.</summary>
    public ProcessStartInfo Start(string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfOurHost).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_PROF_CACHE"] = Cache;
        // It would go on in the background after the test.
        start.Environment["DOTNET_PROF_PRECOMPILE"] = "off";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }

    public void Dispose() => temporary.Dispose();

    static bool IsOfOurHost(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("PROFILERWEAVER", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What the tool, and the program that it ran, left.</summary>
sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>What was printed before the report.</summary>
    public string ProgramOutput => Output[..Math.Max(ReportAt, 0)];

    /// <summary>The rows of the report: number of calls and label.</summary>
    public IReadOnlyList<(string Calls, string Label)> Rows => [.. Output[Math.Max(ReportAt, 0)..]
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SkipWhile(line => !line.StartsWith("ncalls", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("... ", StringComparison.Ordinal) && !line.StartsWith("~ ", StringComparison.Ordinal))
        .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
        .Select(cells => (cells[0], cells[5]))];

    int ReportAt => Output.LastIndexOf('\n', Output.IndexOf(" function calls", StringComparison.Ordinal) is >= 0 and var at
        ? at
        : 0) + 1;
}

/// <summary>The tool at work.</summary>
/// <param name="process">The tool.</param>
/// <param name="patience">How long it may take: then it is killed, with all that it has started, and nothing waits for it any longer.</param>
sealed class RunningTool(Process process, TimeSpan patience) : IDisposable
{
    readonly Timer timer = new(_ => process.Kill(entireProcessTree: true), null, patience, Timeout.InfiniteTimeSpan);
    readonly Task<string> errors = process.StandardError.ReadToEndAsync();
    readonly StringBuilder output = new();

    public int ProcessId => process.Id;

    /// <summary>Waits for a line that contains a text.</summary>
    public string WaitFor(string text)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.Append(line).Append('\n');
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
        throw new AssertionException($"no line with \"{text}\" in:\n{output}\n{errors.Result}");
    }

    /// <summary>Sends a signal to the tool, and to nobody else.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="input">What the tool reads till then.</param>
    public ToolResult End(string input = "")
    {
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        timer.Change(patience, Timeout.InfiniteTimeSpan);
        output.Append(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return new(process.ExitCode, output.ToString(), errors.Result);
    }

    public void Dispose()
    {
        // A callback of it may be running.
        using (var isOver = new ManualResetEvent(false))
        {
            timer.Dispose(isOver);
            isOver.WaitOne();
        }
        process.Dispose();
    }
}
