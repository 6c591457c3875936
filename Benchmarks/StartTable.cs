using System.Diagnostics;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How long a program takes to its first output by itself and by <c>dotnet prof</c>, which has woven it
/// already: by the native tool, which is what is installed, and by the managed one.</summary>
static class StartTable
{
    // More than the fewest for programs that take little, but no longer than Enough.
    const int FewestRounds = 15;
    const int MostRounds = 75;
    static readonly TimeSpan Enough = TimeSpan.FromSeconds(12);

    // As it was built beside this program.
    internal static readonly string Configuration =
        Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
    internal static readonly string Repository = Root(new(AppContext.BaseDirectory));
    internal static readonly string ToolFolder = Path.Combine(Repository, "Tool", "bin", Configuration, "net10.0");

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Measures a program, for example <c>app.dll</c> and its arguments, which has to write something to stdout;
    /// without one, those of this repository that are built.</summary>
    /// <returns>Whether the tool, as it is installed, took at most 1.3 times the time.</returns>
    public static bool Print(TextWriter output, string[] program)
    {
        var native = Built("native tool", Path.Combine(ToolFolder, RuntimeInformation.RuntimeIdentifier, "publish",
            OperatingSystem.IsWindows() ? "dotnet-prof.exe" : "dotnet-prof"), $"dotnet publish Tool -c {Configuration} -p:NativeTool=true");
        var managed = Built("tool", Path.Combine(ToolFolder, "dotnet-prof.dll"), $"dotnet build -c {Configuration}");
        output.WriteLine(Machine.Describe());
        var holds = true;
        foreach (var measured in program.Length > 0 ? [program] : OfRepository())
            holds &= Print(output, native, managed, measured);
        return holds;
    }

    static bool Print(TextWriter output, string native, string managed, string[] program)
    {
        const double Limit = 1.3;
        var profile = Path.Combine(Path.GetTempPath(), $"start-{Environment.ProcessId}.prof");
        string[][] commands =
        [
            ["dotnet", .. program],
            [native, "-o", profile, .. program],
            ["dotnet", managed, "-o", profile, .. program],
        ];
        foreach (var command in commands)
            ToFirstOutput(command); // weaves
        var times = commands.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        var rounds = 0;
        for (; rounds < FewestRounds || (rounds < MostRounds && clock.Elapsed < Enough); rounds++)
        {
            // Each of them comes after each of the others: what has just ended may still be on a processor.
            for (var i = 0; i < commands.Length; i++)
            {
                var next = (rounds % 2 == 0 ? i : commands.Length - 1 - i);
                times[next].Add(ToFirstOutput(commands[next]));
            }
        }
        File.Delete(profile);
        var (alone, withNative, withManaged) = (Median(times[0]), Median(times[1]), Median(times[2]));
        var ratio = withNative / alone;
        output.WriteLine(Invariant($"time to the first output of {Path.GetFileName(program[0])}, median of {rounds}:"));
        output.WriteLine(Invariant($"  dotnet                 {alone,7:F1} ms"));
        output.WriteLine(Invariant($"  dotnet-prof            {withNative,7:F1} ms   {ratio:F2} x (limit {Limit})"));
        output.WriteLine(Invariant($"  dotnet-prof, managed   {withManaged,7:F1} ms   {withManaged / alone:F2} x"));
        return ratio <= Limit;
    }

    static List<string[]> OfRepository()
    {
        string[][] programs =
        [
            [Path.Combine(AppContext.BaseDirectory, "hello", "Hello.dll")],
            [Program("Samples", "CodeStats"), Path.Combine(Repository, "Runtime")],
            [Program("TestAssemblies", "ToolApps", "Web")],
        ];
        return [.. programs.Where(program => File.Exists(program[0]))];

        static string Program(params string[] folders) =>
            Path.Combine([Repository, .. folders, "bin", Configuration, "net10.0", folders[^1] + ".dll"]);
    }

    static double ToFirstOutput(string[] command)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        if (process.StandardOutput.Read() < 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} has written nothing");
        var elapsed = clock.Elapsed.TotalMilliseconds;
        process.StandardInput.Close();
        _ = process.StandardOutput.ReadToEndAsync();
        // A service does not end by itself.
        if (!process.WaitForExit(TimeSpan.FromSeconds(1)))
        {
            using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
                kill.WaitForExit();
            if (!process.WaitForExit(Patience))
                process.Kill(entireProcessTree: true);
        }
        return elapsed;
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    static string Root(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "ProfilerWeaver.sln"))
        ? folder.FullName
        : Root(folder.Parent ?? throw new DirectoryNotFoundException("ProfilerWeaver.sln"));

    static string Built(string what, string path, string command) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"the {what} is missing ({path}); build it first: {command}");
}
