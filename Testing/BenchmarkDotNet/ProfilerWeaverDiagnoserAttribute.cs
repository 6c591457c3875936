using BenchmarkDotNet.Configs;

namespace ProfilerWeaver;

/// <summary>Adds the <see cref="ProfilerWeaverDiagnoser"/> to the benchmarks of a class.</summary>
/// <param name="methods">The methods of which the calls for each operation are shown, by their full names or the last parts of them;
/// <c>*</c> stands for any characters. Methods that are not woven are in braces.</param>
/// <example><code>
/// [ProfilerWeaverDiagnoser("Repository.Load", "{*DbCommand.Execute*}")]
/// public class OrderBenchmarks
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class ProfilerWeaverDiagnoserAttribute(params string[] methods) : Attribute, IConfigSource
{
    /// <summary>The methods.</summary>
    public IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>What BenchmarkDotNet adds to its configuration.</summary>
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddDiagnoser(new ProfilerWeaverDiagnoser(methods));
}
