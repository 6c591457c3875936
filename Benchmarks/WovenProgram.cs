using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ProfilerWeaver.Benchmarks;

/// <summary>A program as it is, and its woven copies, started as <c>dotnet prof</c> starts them, without the tool's own time.</summary>
sealed partial class WovenProgram
{
    const string Dependencies = "dotnet-prof.deps.json";

    readonly MeasuredProgram program;
    readonly string profile;
    readonly Dictionary<bool, string> copies = [];

    /// <summary>Weaves it, with and without builtins; kept in a cache for the next time.</summary>
    public WovenProgram(MeasuredProgram program, string folder, string cache)
    {
        this.program = program;
        profile = Path.Combine(folder, program.Name + ".prof");
        foreach (var withBuiltins in new[] { false, true })
        {
            var own = Path.Combine(cache, program.Name + (withBuiltins ? "-builtins" : ""));
            string[] builtins = withBuiltins ? [] : ["--no-builtins"];
            var start = new ProcessStartInfo("dotnet", [Path.Combine(StartTable.ToolFolder, "dotnet-prof.dll"), "run", "-o", profile, "--precompile", "on", "--weave", "*",
                .. builtins, .. program.Command]);
            start.Environment["DOTNET_PROF_CACHE"] = own;
            Run(start);
            // Of several, that of this state of the tool and the program, with machine code.
            copies[withBuiltins] = new DirectoryInfo(Path.Combine(own, "copies")).GetDirectories()
                .OrderByDescending(copy => File.GetLastWriteTimeUtc(Path.Combine(copy.FullName, "manifest")))
                .Select(copy => Path.Combine(copy.FullName, "app", Dependencies)).First();
        }
    }

    /// <summary>Runs it as it is.</summary>
    public ProgramRun Unwoven() => Measure(new("dotnet", program.Command), hasProfile: false);

    /// <summary>Runs it woven, with nothing recorded.</summary>
    public ProgramRun Asleep() => Woven(withBuiltins: false, isAwake: false);

    /// <summary>Runs it recorded.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="isFlat">Whether callers are left out.</param>
    public ProgramRun Recorded(bool withBuiltins, string clock, bool isFlat) =>
        Woven(withBuiltins, isAwake: true, (EnvironmentVariable.Clock, clock), (EnvironmentVariable.Subcalls, isFlat ? "0" : "1"));

    ProgramRun Woven(bool withBuiltins, bool isAwake, params (string Variable, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["--additional-deps", copies[withBuiltins], .. program.Command]);
        start.Environment[EnvironmentVariable.AutoStart] = isAwake ? "1" : "0";
        start.Environment[EnvironmentVariable.Output] = profile;
        foreach (var (variable, value) in settings)
            start.Environment[variable] = value;
        return Measure(start, isAwake);
    }

    ProgramRun Measure(ProcessStartInfo start, bool hasProfile)
    {
        if (program.Output is not null)
            File.Delete(program.Output);
        File.Delete(profile);
        var processorTime = ChildrenProcessorTime();
        var began = DateTime.UtcNow;
        var (peak, said) = Run(start);
        var ended = DateTime.UtcNow;
        var times = program.Parts is null ? [] : said.Split('\n').Where(line => line.StartsWith(program.Parts + ".", StringComparison.Ordinal))
            .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
        return new((ended - began).TotalSeconds, (ChildrenProcessorTime() - processorTime).TotalSeconds, peak / 1e6,
            hasProfile ? new FileInfo(profile).Length / 1e6 : 0,
            program.Output is null ? 0 : (ended - File.GetLastWriteTimeUtc(program.Output)).TotalSeconds,
            times, hasProfile ? TimesIn(times.Keys) : []);
    }

    Dictionary<string, double> TimesIn(IEnumerable<string> parts)
    {
        var rows = parts.Any() ? new Stats(profile).Rows.DistinctBy(row => row.Name).ToDictionary(row => row.Name, row => row.CumulativeTime * 1000) : [];
        return parts.ToDictionary(part => part, rows.GetValueOrDefault);
    }

    static (long Peak, string Said) Run(ProcessStartInfo start)
    {
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var said = new StringBuilder();
        var errors = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginOutputReadLine();
        var peak = 0L;
        while (!process.WaitForExit(5))
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id));
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList.Take(6))} ended with exit code {process.ExitCode}: {said}{errors.Result}");
        return (peak, said.ToString());
    }

    // getrusage(2): the times of children that have ended and been waited for are the first two fields, each of seconds and
    // microseconds.
    static unsafe TimeSpan ChildrenProcessorTime()
    {
        const int OfChildren = -1, Space = 18;
        var usage = stackalloc long[Space];
        if (ReadUsage(OfChildren, usage) != 0)
            throw new InvalidOperationException("getrusage failed");
        return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int ReadUsage(int who, long* usage);
}

/// <summary>What a run took.</summary>
/// <param name="Elapsed">Seconds.</param>
/// <param name="Processor">Seconds of processor time.</param>
/// <param name="Megabytes">The most memory that it had in use.</param>
/// <param name="ProfileMegabytes">The length of its profile.</param>
/// <param name="AfterEnd">How many seconds of it came after its output was written.</param>
/// <param name="OwnTimes">What its parts took by its own stopwatch, in milliseconds.</param>
/// <param name="ProfiledTimes">What they took by the profile.</param>
sealed record ProgramRun(double Elapsed, double Processor, double Megabytes, double ProfileMegabytes, double AfterEnd,
    Dictionary<string, double> OwnTimes, Dictionary<string, double> ProfiledTimes);
