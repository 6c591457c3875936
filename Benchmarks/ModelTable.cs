using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What a profile of a million contexts takes: in the recorder, and in addition while it is taken, written and read.
/// Each row is a process of its own, so that its peak is its own.</summary>
static class ModelTable
{
    const int Levels = 3;
    const int Callees = 100;
    const int Contexts = Callees + Callees * Callees + Callees * Callees * Callees;

    /// <summary>Prints the table.</summary>
    /// <returns>Whether all figures are within their targets.</returns>
    public static bool Print(TextWriter output)
    {
        var file = Path.GetTempFileName();
        try
        {
            output.WriteLine($"A profile of {Contexts:N0} contexts (Linux; seconds; MB added to what the process had before)");
            output.WriteLine();
            output.WriteLine("                      seconds  target      MB  target");
            // 25 % of what the recorder takes.
            var recorded = Measure("record", file);
            output.WriteLine($"recorded by a thread  {recorded.Seconds,7:F2}       -  {recorded.Megabytes,6:F0}       -");
            var most = recorded.Megabytes / 4;
            return Row("snapshot", "snapshot", double.PositiveInfinity, most)
                & Row("written at the end", "write", 0.3, most)
                & Row("read, with flat table", "read", 0.3, 120);
        }
        finally
        {
            File.Delete(file);
        }

        bool Row(string name, string part, double seconds, double megabytes)
        {
            var figures = Measure(part, file);
            output.WriteLine($"{name,-21} {figures.Seconds,7:F2}  {Target(seconds, "F1"),6}  {figures.Megabytes,6:F0}  {Target(megabytes, "F0"),6}");
            return figures.Seconds <= seconds && figures.Megabytes <= megabytes;
        }
    }

    /// <summary>One row, in the process that is measured. It prints the figures.</summary>
    public static int Run(string part, string file)
    {
        var action = part switch
        {
            "record" => Record,
            "snapshot" => Snapshot(),
            "write" => Write(file),
            "read" => Read(file),
            _ => throw new ArgumentException($"'{part}' is no part of this benchmark", nameof(part)),
        };
        GC.Collect();
        var before = ProcessMemory.ResetPeak();
        var start = Stopwatch.GetTimestamp();
        action();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {(ProcessMemory.Peak - before) / 1e6}"));
        return 0;
    }

    static string Target(double value, string format) => double.IsInfinity(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A row, measured in a process of its own.</summary>
    public static (double Seconds, double Megabytes) Measure(string part, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ModelTable).Assembly.Location, "model", part, file])
        {
            RedirectStandardOutput = true,
        })!;
        var figures = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return (double.Parse(figures[0], CultureInfo.InvariantCulture), double.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    static void Record()
    {
        using var profile = Recorded();
    }

    // As a program's own profile is written: from where its threads record it.
    static Action Write(string file)
    {
        var profile = Recorded();
        Compiled(profile);
        return () => profile.UseAsEnded(source => ProfFile.Write(source, file));
    }

    static Action Snapshot()
    {
        var profile = Recorded();
        Compiled(profile);
        return () => GC.KeepAlive(profile.SnapshotStats());
    }

    static Action Read(string file)
    {
        // The JIT compiler's time is not the file's.
        var small = Path.GetTempFileName();
        ProfFile.Write(LargeProfile.Make(1000), small);
        GC.KeepAlive(FlatProfile.From(ProfFile.Read(small).Recording!));
        File.Delete(small);
        return () => GC.KeepAlive(FlatProfile.From(ProfFile.Read(file).Recording!));
    }

    static void Compiled(Profile profile)
    {
        var small = Path.GetTempFileName();
        ProfFile.Write(LargeProfile.Make(1000), small);
        File.Delete(small);
        GC.KeepAlive(profile);
    }

    // Each of a hundred methods calls a hundred others, each of which calls a hundred more.
    static Profile Recorded()
    {
        var writer = new MethodTableWriter("Benchmarks");
        for (var i = 0; i < Levels * Callees; i++)
            writer.Add(new("File.cs", i + 1, "Method" + i), resume: null);
        var table = writer.ToArray("AutoStart=false\n");
        var memory = Marshal.AllocHGlobal(table.Length);
        Marshal.Copy(table, 0, memory, table.Length);
        var first = Recorder.Register(memory, table.Length);
        var profile = new Profile();
        profile.Enable();
        Call(first, Levels);
        return profile;
    }

    static void Call(int method, int levels)
    {
        if (levels == 0)
            return;
        for (var i = 0; i < Callees; i++)
        {
            var token = Recorder.Enter(method + i);
            Call(method + Callees, levels - 1);
            Recorder.Exit(token);
        }
    }
}
