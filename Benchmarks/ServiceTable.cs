using System.Diagnostics;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What a service answers in a second with two hundred clients that ask again and again: as it was compiled, woven and asleep, and
/// recording. The services run side by side and are asked in turn, so that each pair had the same machine.</summary>
static class ServiceTable
{
    const int Clients = 200;
    const int Rounds = 15;
    const double Limit = 0.98;
    const double LongestAnswer = 20;
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    /// <summary>Measures Samples/WebShop.</summary>
    /// <returns>Whether the sleeping service answered as many requests as the unwoven one, within 2 %, and commands within 20 ms.</returns>
    public static bool Print(TextWriter output)
    {
        var program = Path.Combine(StartTable.Repository, "Samples", "WebShop", "bin", StartTable.Configuration, "net10.0", "WebShop.dll");
        var tool = Path.Combine(StartTable.ToolFolder, "dotnet-prof.dll");
        output.WriteLine(Machine.Describe());
        using var unwoven = new MeasuredService([program]);
        var control = Directory.CreateTempSubdirectory("service-control-");
        using var asleep = new MeasuredService([tool, "--paused", "--no-builtins", program], control.FullName);
        var profile = Path.Combine(Path.GetTempPath(), $"service-{Environment.ProcessId}.prof");
        using var recording = new MeasuredService([tool, "--no-builtins", "-o", profile, program]);
        MeasuredService[] services = [unwoven, asleep, recording];
        foreach (var service in services)
            service.Ask(Clients, 2 * Turn);
        var rates = services.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            // Each of them comes after each of the others.
            for (var i = 0; i < services.Length; i++)
            {
                var next = (round % 2 == 0 ? i : services.Length - 1 - i);
                rates[next][round] = services[next].Ask(Clients, Turn);
            }
        }
        var ofAsleep = Ratio(rates[1], rates[0]);
        output.WriteLine(Invariant($"GET /products of Samples/WebShop by {Clients} clients, requests a second, median of {Rounds} turns of {Turn.TotalSeconds} s:"));
        output.WriteLine(Invariant($"  as it was compiled   {Median(rates[0]),8:F0}"));
        output.WriteLine(Invariant($"  woven and asleep     {Median(rates[1]),8:F0}   {ofAsleep:F3} x (at least {Limit})"));
        recording.End();
        var calls = CallsOfRequest(ProfFile.Read(profile));
        File.Delete(profile);
        // All processors are busy.
        var cost = Median([.. rates[2].Zip(rates[1], (rate, other) => Environment.ProcessorCount * (1 / rate - 1 / other) * 1e9)]);
        output.WriteLine(Invariant($"  recording            {Median(rates[2]),8:F0}   {Ratio(rates[2], rates[0]):F3} x"));
        output.WriteLine(Invariant($"A request is {calls:F1} calls; to record them took {cost / 1e3:F1} us of all processors, {cost / calls:F0} ns a call."));
        output.WriteLine("A command to the sleeping service, from when it is sent until it is answered, ms:");
        var commands = new CommandTimes(Directory.GetFiles(control.FullName).Single(), () => asleep.Ask(1, TimeSpan.FromMilliseconds(5)));
        var slowest = commands.Print(output, "without load");
        var load = Task.Run(() => asleep.Ask(Clients, 2 * Turn));
        commands.Print(output, "200 clients");
        load.Wait();
        asleep.End();
        control.Delete(recursive: true);
        return ofAsleep >= Limit & slowest <= LongestAnswer;
    }

    static double CallsOfRequest(ProfContent profile) =>
        (double)profile.Rows.Sum(row => row.Calls) / profile.Rows.Single(row => row.Name.EndsWith("Catalogue.All", StringComparison.Ordinal)).Calls;

    // Of each pair, not of the medians: the machine is another one from minute to minute.
    static double Ratio(double[] rates, double[] others) => Median([.. rates.Zip(others, (rate, other) => rate / other)]);

    static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}

/// <summary>A service that runs until it is disposed of.</summary>
sealed class MeasuredService : IDisposable
{
    const string Listening = "Now listening on: ";

    readonly Process process;
    readonly HttpClient client;

    /// <param name="command">What <c>dotnet</c> runs.</param>
    /// <param name="control">The folder with the socket at which it is told what to do; null: the usual one.</param>
    public MeasuredService(string[] command, string? control = null)
    {
        var info = new ProcessStartInfo("dotnet", [.. command, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        if (control is not null)
            info.Environment["PROFILERWEAVER_CONTROL"] = control;
        process = Process.Start(info)!;
        while (true)
        {
            var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{string.Join(' ', command)} has ended");
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var start)
            {
                client = new() { BaseAddress = new(line[(start + Listening.Length)..]) };
                break;
            }
        }
        _ = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Has clients ask for a while.</summary>
    /// <returns>The requests that were answered in a second.</returns>
    public double Ask(int clients, TimeSpan time)
    {
        var answered = 0L;
        var clock = Stopwatch.StartNew();
        Task.WaitAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (clock.Elapsed < time)
            {
                await client.GetByteArrayAsync(new Uri("/products", UriKind.Relative));
                Interlocked.Increment(ref answered);
            }
        }));
        return answered / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Ends it.</summary>
    public void End()
    {
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            kill.WaitForExit();
        process.WaitForExit();
    }

    public void Dispose()
    {
        client.Dispose();
        if (!process.HasExited)
            End();
        process.Dispose();
    }
}
