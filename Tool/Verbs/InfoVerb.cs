using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof info</c>: what this machine offers to measure with, and what it costs.</summary>
sealed class InfoVerb() : Verb("info", "dotnet prof info")
{
    const int Calls = 400_000;
    const int Rounds = 5;

    public override Command Create()
    {
        var command = new Command(Name, "Show which clock this machine's profiles are measured with, and what a call costs with each.");
        command.SetAction(_ => Write());
        return command;
    }

    static void Write()
    {
        foreach (var (name, value) in RunFacts.OfThisProcess().Skip(1))
            Console.WriteLine(Printable.Text($"{name,-14}{value}"));
        var trust = CounterTrust.Find();
        Console.WriteLine(Printable.Text($"{"system clock",-14}{trust.Source}"));
        Console.WriteLine(Printable.Text($"{"clock",-14}{Clock.Wall.Name}{Why(trust)}"));
        Console.WriteLine();
        var table = new TextTable(new("CLOCK"), new("NS A CALL", IsNumber: true));
        foreach (var (name, clock) in Clocks())
            table.Add(name, CostOf(clock).ToString("F1", CultureInfo.InvariantCulture));
        table.Write();
    }

    static string Why(CounterTrust trust)
    {
        var counter = CycleCounter.Name;
        var wish = Environment.GetEnvironmentVariable(EnvironmentVariable.CycleCounter);
        if (Clock.Wall.CounterCode != 0)
            return trust.Refusal is { } refusal ? $": {EnvironmentVariable.CycleCounter}=1 asks for it, although {refusal}" : "";
        return wish == "0" ? $": {EnvironmentVariable.CycleCounter}=0 forbids the {counter}"
            : trust.Refusal is not { } reason ? $": the {counter} cannot be read here"
            : $": {reason}." + (IsSteady() ? $" {EnvironmentVariable.CycleCounter}=1 takes the {counter} nevertheless" : "");
    }

    // CPUID leaf 0x80000007, EDX bit 8: Intel SDM vol. 3, "Invariant TSC".
    static bool IsSteady() => RuntimeInformation.ProcessArchitecture == Architecture.X64 && X86Base.IsSupported
        && (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax >= 0x80000007
        && (X86Base.CpuId(unchecked((int)0x80000007), 0).Edx & (1 << 8)) != 0;

    static IEnumerable<(string Name, Clock Clock)> Clocks()
    {
        yield return ("wall", Clock.Wall);
        if (Clock.Wall.CounterCode != 0)
            yield return ("wall, by the stopwatch", Clock.MakeStopwatch());
        yield return ("cpu", Clock.ThreadCpu);
        yield return ("allocations", Clock.Allocations);
        yield return ("none", Clock.None);
    }

    static double CostOf(Clock clock)
    {
        var method = Register();
        using var profile = new Profile(clock);
        profile.Enable();
        var best = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            CallRecorded(method);
            var between = Stopwatch.GetTimestamp();
            CallPlain(method);
            var plain = Stopwatch.GetElapsedTime(between);
            best = Math.Min(best, (Stopwatch.GetElapsedTime(start, between) - plain).TotalNanoseconds / Calls);
        }
        return Math.Max(best, 0);
    }

    static int Register()
    {
        var writer = new MethodTableWriter("dotnet-prof");
        writer.Add(new("", 0, "call"), resume: null);
        var table = writer.ToArray($"{SettingName.AutoStart}=false\n");
        // Never freed: the recorder keeps it.
        var memory = Marshal.AllocHGlobal(table.Length);
        Marshal.Copy(table, 0, memory, table.Length);
        return Recorder.Register(memory, table.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CallRecorded(int method)
    {
        for (var i = 0; i < Calls; i++)
            Recorded(method);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CallPlain(int method)
    {
        for (var i = 0; i < Calls; i++)
            Plain(method);
    }

    // As the weaver makes it of the other one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Recorded(int method)
    {
        var token = Recorder.Enter(method);
        try
        {
        }
        finally
        {
            Recorder.Exit(token);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Plain(int method)
    {
    }
}
