using System.Diagnostics;
using System.Globalization;
using Mono.Cecil;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Support;

/// <summary>A console program of the scenarios, as it was compiled or woven, that tests run as a process.</summary>
sealed class WovenProgram
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    static readonly Dictionary<WeaverSettings, WovenProgram> Woven = [];

    readonly string path;

    WovenProgram(string path) => this.path = path;

    /// <summary>The program as the compiler made it.</summary>
    public static WovenProgram Original { get; } = new(OriginalPath);

    static string OriginalPath => Path.Combine(WovenAssembly.Folder, "Debug", "Scenarios.Endings.dll");

    /// <summary>The program woven with <paramref name="settings"/>, beside the runtime library of the tests.</summary>
    public static WovenProgram With(WeaverSettings settings)
    {
        lock (Woven)
        {
            if (!Woven.TryGetValue(settings, out var program))
                Woven.Add(settings, program = Weave(settings, $"Endings-{Woven.Count}"));
            return program;
        }
    }

    /// <summary>The program as a weaver with another version of the method table would have woven it.</summary>
    public static WovenProgram WithTable(int version)
    {
        var program = Weave(new() { Builtins = BuiltinCalls.None }, $"Endings-table-{version}");
        using var module = ModuleDefinition.ReadModule(program.path, new() { InMemory = true });
        var table = module.GetType(WovenModule.MarkerType).Fields.Single(field => field.InitialValue.Length > 0);
        BitConverter.GetBytes(version).CopyTo(table.InitialValue, 0);
        module.Write(program.path);
        return program;
    }

    /// <summary>Runs the program to its end.</summary>
    public Task<ProgramResult> Run(ProgramStart start) => Begin(start).End();

    /// <summary>Starts the program.</summary>
    public RunningProgram Begin(ProgramStart start)
    {
        string[] program = ["dotnet", path, .. start.Arguments];
        // The shell hands its arguments on, as "$@", to whatever it is to do around the program.
        string[] command = start.Shell is null ? program : ["sh", "-c", start.Shell, "sh", .. program];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = start.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Remove("PROFILERWEAVER");
        info.Environment.Remove("PROFILERWEAVER_OUTPUT");
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        return new(Process.Start(info)!, Limit);
    }

    static WovenProgram Weave(WeaverSettings settings, string name)
    {
        var folder = Path.Combine(WovenAssembly.Folder, "woven", name);
        Directory.CreateDirectory(folder);
        var output = Path.Combine(folder, Path.GetFileName(OriginalPath));
        var runtime = typeof(Recorder).Assembly.Location;
        FileWeaving.Weave(OriginalPath, output, settings, runtime,
            [Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
        // Without a deps.json everything beside the program belongs to it.
        foreach (var library in new[] { runtime, typeof(Stats).Assembly.Location })
            File.Copy(library, Path.Combine(folder, Path.GetFileName(library)), overwrite: true);
        var configuration = Path.ChangeExtension(OriginalPath, ".runtimeconfig.json");
        File.Copy(configuration, Path.Combine(folder, Path.GetFileName(configuration)), overwrite: true);
        return new(output);
    }
}

/// <summary>How to start a program.</summary>
/// <param name="Folder">Its working directory.</param>
/// <param name="Arguments">Its arguments.</param>
sealed record ProgramStart(string Folder, params string[] Arguments)
{
    /// <summary>Environment variables in addition to those of the tests.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A script for <c>sh</c> that runs the program, which is <c>"$@"</c> there.</summary>
    public string? Shell { get; init; }
}

/// <summary>What a program left behind.</summary>
sealed record ProgramResult(int ExitCode, string Output, string Errors, int ProcessId)
{
    const string Mark = "ProfilerWeaver: ";

    /// <summary>What the profiler said on stderr, a line each.</summary>
    public string[] Complaints => ErrorLines.Where(IsComplaint).ToArray();

    /// <summary>What the program itself wrote to stderr.</summary>
    public string OwnErrors => string.Join('\n', ErrorLines.Where(line => !IsComplaint(line)));

    string[] ErrorLines => Errors.Split('\n');

    static bool IsComplaint(string line) => line.StartsWith(Mark, StringComparison.Ordinal);
}

/// <summary>A program that was started.</summary>
sealed class RunningProgram(Process process, TimeSpan limit)
{
    readonly Task<string> errors = process.StandardError.ReadToEndAsync();

    public int ProcessId { get; } = process.Id;

    /// <summary>Writes a line to its stdin.</summary>
    public void WriteLine(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>The next line of its stdout; null at the end.</summary>
    public Task<string?> ReadLine() => process.StandardOutput.ReadLineAsync();

    /// <summary>Sends it a signal: TERM, KILL and so on.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"kill -s {signal} ended with {kill.ExitCode}: the program has ended before");
    }

    /// <summary>Closes its stdin, if that is what it waits for, and waits for its end.</summary>
    public async Task<ProgramResult> End(bool closeInput = true)
    {
        using (process)
        {
            if (closeInput)
                process.StandardInput.Close();
            using var timer = new CancellationTokenSource(limit);
            try
            {
                var output = await process.StandardOutput.ReadToEndAsync(timer.Token);
                await process.WaitForExitAsync(timer.Token);
                return new(process.ExitCode, output, await errors, process.Id);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"the program has not ended after {limit.TotalSeconds} s");
            }
        }
    }
}
