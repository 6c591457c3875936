using Mono.Cecil;
using ProfilerWeaver.Weaving;
using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How the time to weave a module grows with what is in it.</summary>
static class WeavingTable
{
    const double Limit = 1.1;
    const int Rounds = 3;
    const int Doublings = 3;

    /// <summary>Prints the processor time for more and more of each, and the exponent: 1 is linear, 2 is quadratic.</summary>
    /// <returns>Whether each of them is at most 1.1.</returns>
    public static bool Print(TextWriter output)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine(Invariant($"processor time to weave, the least of {Rounds}, in ms:"));
        var holds = Print(output, "statements in a method", 10_000, LargeModule.OfStatements);
        holds &= Print(output, "members of a type", 1_000, LargeModule.OfMembers);
        return Print(output, "types in a module", 4_000, LargeModule.OfTypes) && holds;
    }

    static bool Print(TextWriter output, string name, int count, Func<int, byte[]> module)
    {
        List<double> times = [];
        for (var doubling = 0; doubling <= Doublings; doubling++)
        {
            var image = module(count << doubling);
            times.Add(Enumerable.Range(0, Rounds).Min(_ => Weave(image)));
        }
        var exponent = Math.Log2(times[^1] / times[0]) / Doublings;
        output.WriteLine(Invariant($"  {count:N0} to {count << Doublings:N0} {name}: ") +
            string.Join(", ", times.Select(time => Invariant($"{time:F1}"))) + Invariant($"   exponent {exponent:F2} (limit {Limit})"));
        return exponent <= Limit;
    }

    // Of the whole process: nothing else runs in it but the collector and the JIT, which work for the weaver.
    static double Weave(byte[] image)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
        GC.Collect();
        var start = Environment.CpuUsage.TotalTime;
        AssemblyWeaving.Weave(module, new(), runtime.Assembly.Name);
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }
}
