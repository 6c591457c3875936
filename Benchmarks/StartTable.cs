using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How long a program takes to its first output by itself and by <c>dotnet prof</c>, which has woven it
/// already.</summary>
static class StartTable
{
    const int Rounds = 15;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Measures a program, for example <c>app.dll</c> and its arguments; it has to write something to
    /// stdout.</summary>
    /// <returns>Whether the tool took at most 1.3 times the time.</returns>
    public static bool Print(TextWriter output, string[] program)
    {
        const double Limit = 1.3;
        var profile = Path.Combine(Path.GetTempPath(), $"start-{Environment.ProcessId}.prof");
        string[] profiled = [Tool(), "-o", profile, .. program];
        ToFirstOutput(profiled); // weaves
        var alone = new List<double>();
        var withTool = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(ToFirstOutput(program));
            withTool.Add(ToFirstOutput(profiled));
        }
        File.Delete(profile);
        var ratio = Median(withTool) / Median(alone);
        output.WriteLine(Machine.Describe());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time to the first output of {Path.GetFileName(program[0])}, median of {Rounds}:"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  dotnet       {Median(alone),7:F1} ms"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  dotnet prof  {Median(withTool),7:F1} ms   {ratio:F2} x (limit {Limit})"));
        return ratio <= Limit;
    }

    static double ToFirstOutput(string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        if (process.StandardOutput.Read() < 0)
            throw new InvalidOperationException($"{string.Join(' ', arguments)} has written nothing");
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

    // As it was built beside this program.
    static string Tool()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ProfilerWeaver.sln")))
            folder = folder.Parent;
        var tool = Path.Combine(folder?.FullName ?? "", "Tool", "bin", configuration, "net10.0", "dotnet-prof.dll");
        return File.Exists(tool) ? tool : throw new FileNotFoundException($"{tool} is missing; build it first: dotnet build -c {configuration}");
    }
}
