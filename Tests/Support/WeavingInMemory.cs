using Mono.Cecil;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Support;

/// <summary>Weaves the C# scenarios without running them, to look at what was woven and how it is called.</summary>
static class WeavingInMemory
{
    /// <summary>Weaves the scenarios as compiled in <paramref name="configuration"/>.</summary>
    public static WeavingReport Weave(WeaverSettings settings, string configuration = "Release")
    {
        using var module = ModuleDefinition.ReadModule(
            Path.Combine(WovenAssembly.Folder, configuration, "Scenarios.CSharp.dll"), new() { ReadSymbols = true });
        using var runtime = ModuleDefinition.ReadModule(typeof(Recorder).Assembly.Location);
        return AssemblyWeaving.Weave(module, settings, runtime.Assembly.Name);
    }

    /// <summary>The names of the rows of a type, without the type.</summary>
    public static IEnumerable<string> NamesOf(this WeavingReport report, string type) => report.Woven
        .Select(method => method.Name).Where(name => name.StartsWith(type + ".", StringComparison.Ordinal))
        .Select(name => name[(type.Length + 1)..]);
}
