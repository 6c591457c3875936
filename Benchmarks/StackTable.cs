using static System.FormattableString;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How deep recursions go on a stack of 1 MiB, unwoven, woven and profiled.</summary>
static class StackTable
{
    public static void Print(TextWriter output)
    {
        var copies = Copies.OfWorkloads();
        output.WriteLine(Machine.Describe());
        output.WriteLine("levels on a stack of 1 MiB   unwoven    woven   profiled");
        foreach (var method in new[] { "Itself", "Visitor", "SmallMethods", "ExternalCalls" })
        {
            var (plain, woven) = copies.Function("Workloads.StackDepth", method);
            var (unwoven, asleep) = (plain(), woven());
            using var profile = new Profile();
            profile.Enable();
            output.WriteLine(Invariant($"  {method,-24} {unwoven,9:N0} {asleep,9:N0} {woven(),9:N0}"));
        }
    }
}
