using System.Globalization;
using System.Runtime.InteropServices;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How long single calls are held up while a call tree grows to millions of contexts: a histogram, in processor time,
/// so that other programs do not count.</summary>
static unsafe class StallTable
{
    const int Contexts = 10_000_000;
    const int Fan = 1000;

    // The context itself, and what its table takes on the average.
    const int BytesPerContext = 64 + 48;
    const double Target = 20;

    // Each column ends there, in microseconds; the last one has the rest.
    static readonly double[] Ends = [1, 2, 5, 10, 20, 50, 100, 1000];

    /// <summary>Measures and prints everything.</summary>
    /// <returns>Whether the target holds.</returns>
    public static bool Print(TextWriter output)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine();
        RecorderMemory.OfProcess.Limit = 16L << 30;
        // The system gives out memory page by page, at the first touch: what that takes is no stall of the recorder's.
        var memory = PrivateMemory.Allocate((nint)Contexts * BytesPerContext);
        var touched = memory;
        var plain = Histogram(() =>
        {
            *touched = 1;
            touched += BytesPerContext;
        });
        PrivateMemory.Free(memory, (nint)Contexts * BytesPerContext);
        using var profile = new Profile(Clock.None);
        profile.Enable();
        var first = Methods(Fan + 2);
        var (outer, inner) = (0, 0);
        var root = Recorder.Enter(first + Fan);
        nint open = 0;
        // A context for each pair of an outer and an inner method, below a chain that grows by one for each million.
        var growing = Histogram(() =>
        {
            if (inner == Fan)
            {
                Recorder.Exit(open);
                inner = 0;
                outer++;
                if (outer == Fan)
                {
                    outer = 0;
                    Recorder.Enter(first + Fan + 1);
                }
            }
            if (inner == 0)
                open = Recorder.Enter(first + outer);
            Recorder.Exit(Recorder.Enter(first + inner++));
        });
        Recorder.Exit(root);

        output.WriteLine($"{"calls that take less than ... us",-34}{string.Concat(Ends.Select(end => $"{end,11:N0}"))}{"longer",11}{"longest",12}");
        output.WriteLine(Line("first touch of as much memory", plain));
        output.WriteLine(Line($"{Contexts / 1_000_000} million new contexts", growing));
        output.WriteLine();
        var calls = growing.Counts.Skip(Array.IndexOf(Ends, Target) + 1).Sum();
        var usual = plain.Counts.Skip(Array.IndexOf(Ends, Target) + 1).Sum();
        output.WriteLine(FormattableString.Invariant($"above {Target:F0} us: {calls}, and {usual} by the memory alone"));
        return calls <= usual;
    }

    static (long[] Counts, double Longest) Histogram(Action call)
    {
        var counts = new long[Ends.Length + 1];
        var longest = 0.0;
        for (var i = 0; i < Contexts; i++)
        {
            var start = Clock.ThreadCpu.Read();
            call();
            var microseconds = (Clock.ThreadCpu.Read() - start) / 1e3;
            longest = Math.Max(longest, microseconds);
            var column = Array.FindIndex(Ends, end => microseconds < end);
            counts[column < 0 ? Ends.Length : column]++;
        }
        return (counts, longest);
    }

    // As a woven module would bring them along.
    static int Methods(int count)
    {
        var writer = new MethodTableWriter("Benchmarks");
        for (var i = 0; i < count; i++)
            writer.Add(new("Stalls.cs", i + 1, "M" + i), resume: null);
        var table = writer.ToArray("AutoStart=false\n");
        var memory = Marshal.AllocHGlobal(table.Length);
        Marshal.Copy(table, 0, memory, table.Length);
        return Recorder.Register(memory, table.Length);
    }

    static string Line(string name, (long[] Counts, double Longest) histogram) =>
        $"{name,-34}{string.Concat(histogram.Counts.Select(count => $"{count,11:N0}"))}"
        + histogram.Longest.ToString("F1", CultureInfo.InvariantCulture).PadLeft(12);
}
