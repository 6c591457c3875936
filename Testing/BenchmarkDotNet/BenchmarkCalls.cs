using System.Reflection;

namespace ProfilerWeaver;

/// <summary>The calls that a benchmark makes, from the profile of a process that ran it.</summary>
sealed class BenchmarkCalls
{
    readonly GatedProfile profile;
    readonly IReadOnlySet<string> benchmark;
    readonly int operations;

    /// <param name="file">The profile.</param>
    /// <param name="benchmark">The method of the benchmark.</param>
    /// <param name="operations">How many operations each call of it is.</param>
    /// <exception cref="UnknownMethodException">It was not recorded.</exception>
    public BenchmarkCalls(string file, MethodInfo benchmark, int operations)
    {
        profile = new(new Stats(file));
        this.benchmark = MethodChoice.Of(benchmark).Find(profile);
        this.operations = operations;
    }

    /// <summary>The calls of a method by the benchmark, and by what that calls, for each operation. What prepares the benchmark is not
    /// counted.</summary>
    /// <exception cref="UnknownMethodException">There is no such method.</exception>
    public double PerOperation(string method)
    {
        var (calls, runs) = profile.CallsBelow(MethodChoice.Named(method).Find(profile), benchmark);
        return (double)calls / ((double)runs * operations);
    }
}
