using System.Diagnostics;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace ProfilerWeaver;

/// <summary>Profiles each benchmark in a process apart from the timed ones, which loads a woven copy of the benchmarks; shows calls for
/// each operation as columns.</summary>
/// <param name="methods">The methods with a column each, as <see cref="ProfilerWeaverDiagnoserAttribute"/> has them.</param>
public sealed class ProfilerWeaverDiagnoser(params string[] methods) : IDiagnoser, IDisposable
{
    const string ToolSetting = "ProfilerWeaver.Tool";

    static readonly Regex ProgramInArguments = new("^\"?(.+?\\.dll)\"? ");

    readonly Dictionary<BenchmarkCase, string> profiles = [];
    readonly Dictionary<string, string> troubles = [];
    readonly HashSet<string> found = [];
    HeldCopy? copy;

    /// <inheritdoc/>
    public IEnumerable<string> Ids => [nameof(ProfilerWeaverDiagnoser)];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [];

    /// <inheritdoc/>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => IsInProcess(benchmarkCase) ? RunMode.None : RunMode.ExtraRun;

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters)
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        return validationParameters.Benchmarks.Where(IsInProcess).Select(benchmark => new ValidationError(false,
            $"{nameof(ProfilerWeaverDiagnoser)}: {FullNameProvider.GetBenchmarkName(benchmark)} is not profiled, because it runs in this process, " +
            "which is not woven. Let it run in one of its own.", benchmark));
    }

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (signal == HostSignal.BeforeProcessStart)
            Weave(parameters.Process.StartInfo, parameters.BenchmarkCase);
        else if (signal == HostSignal.AfterProcessExit)
            Dispose();
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var benchmark = results.BenchmarkCase;
        if (!profiles.TryGetValue(benchmark, out var file))
            return [];
        try
        {
            var calls = new BenchmarkCalls(file, benchmark.Descriptor.WorkloadMethod, benchmark.Descriptor.OperationsPerInvoke);
            return [.. methods.Select(method => new Metric(new CallsMetric(method), CallsOf(method, calls)))];
        }
        catch (Exception e) when (e is IOException or InvalidProfileException or UnknownMethodException)
        {
            troubles[FullNameProvider.GetBenchmarkName(benchmark)] = e.Message;
            profiles.Remove(benchmark);
            return [];
        }
    }

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        foreach (var file in profiles.Values)
            logger.WriteLineInfo(file);
        foreach (var (name, trouble) in troubles.Where(trouble => !found.Contains(trouble.Key)))
            logger.WriteLineError($"{Printable.Text(name)}: {Printable.Text(trouble)}");
    }

    /// <summary>No longer keeps the woven copy.</summary>
    public void Dispose()
    {
        copy?.Dispose();
        copy = null;
    }

    void Weave(ProcessStartInfo start, BenchmarkCase benchmark)
    {
        var name = FullNameProvider.GetBenchmarkName(benchmark);
        var program = ProgramInArguments.Match(start.Arguments);
        if (!program.Success)
        {
            troubles[name] = $"Only programs that 'dotnet' runs can be woven, not {start.FileName} {start.Arguments}";
            return;
        }
        try
        {
            copy = HeldCopy.MakeAsync(HoldCommand.Program, Path.Combine(start.WorkingDirectory, program.Groups[1].Value), Tool).GetAwaiter().GetResult();
            var file = Path.GetFullPath(Path.Combine(benchmark.Config.ArtifactsPath, "profiles", TestProfile.FileNameOf($"{name}-{benchmark.Job.ResolvedId}")));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Delete(file);
            foreach (var (variable, value) in copy.Variables(file))
                start.Environment[variable] = value;
            profiles[benchmark] = file;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            troubles[name] = e.Message;
        }
    }

    // A benchmark may do without a method that others call.
    double CallsOf(string method, BenchmarkCalls calls)
    {
        try
        {
            var perOperation = calls.PerOperation(method);
            found.Add(method);
            return perOperation;
        }
        catch (UnknownMethodException e)
        {
            troubles[method] = e.Message;
            return 0;
        }
    }

    static bool IsInProcess(BenchmarkCase benchmark) => benchmark.Job.Infrastructure.Toolchain is { IsInProcess: true };

    static string Tool => AppContext.GetData(ToolSetting) as string
        ?? throw new InvalidOperationException($"The runtimeconfig.json of this program does not set {ToolSetting}: reference the package " +
            "ProfilerWeaver.BenchmarkDotNet in its project.");
}
