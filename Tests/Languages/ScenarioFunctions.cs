using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Languages;

/// <summary>The functions of a scenario assembly that say in a string what they did: public, static, without parameters.
/// They can be had as the compiler made them, and woven.</summary>
static class ScenarioFunctions
{
    static readonly Dictionary<string, Assembly> Loaded = [];

    /// <summary>All of them, for each configuration.</summary>
    /// <param name="name">The assembly, for example <c>Scenarios.FSharp</c>.</param>
    public static IEnumerable<TestCaseData> Of(string name)
    {
        foreach (var configuration in new[] { "Debug", "Release" })
        {
            using var module = ModuleDefinition.ReadModule(PathOf(name, configuration));
            foreach (var method in module.Types.Where(type => type.IsPublic).SelectMany(type => type.Methods))
            {
                if (method is
                    {
                        IsPublic: true, IsStatic: true, HasParameters: false, HasGenericParameters: false,
                        IsSpecialName: false
                    } && method.ReturnType.MetadataType == MetadataType.String)
                {
                    yield return new TestCaseData(configuration, method.DeclaringType.FullName, method.Name)
                        .SetArgDisplayNames(configuration, method.DeclaringType.Name, method.Name);
                }
            }
        }
    }

    /// <summary>The function as the compiler made it.</summary>
    public static Func<string> Original(string name, string configuration, string type, string method) =>
        Function(PathOf(name, configuration), () => PathOf(name, configuration), type, method);

    /// <summary>The function as it is woven.</summary>
    public static Func<string> Woven(string name, string configuration, bool builtins, string type, string method)
    {
        var path = Path.Combine(WovenAssembly.Folder, "behaviour", $"{configuration} {builtins}", name + ".dll");
        return Function(path, Weave, type, method);

        string Weave()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            FileWeaving.Weave(PathOf(name, configuration), path,
                new() { AutoStart = false, Builtins = builtins ? BuiltinCalls.All : BuiltinCalls.None },
                typeof(Recorder).Assembly.Location, [Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
            return path;
        }
    }

    static Func<string> Function(string key, Func<string> make, string type, string method)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(key, out var assembly))
                Loaded.Add(key, assembly = Load(make(), Path.Combine(WovenAssembly.Folder, "Release")));
            return assembly.GetType(type, throwOnError: true)!.GetMethod(method, Type.EmptyTypes)!
                .CreateDelegate<Func<string>>();
        }
    }

    static string PathOf(string name, string configuration) =>
        Path.Combine(WovenAssembly.Folder, configuration, name + ".dll");

    static Assembly Load(string path, string folder)
    {
        var context = new AssemblyLoadContext(path);
        context.Resolving += (_, reference) =>
            Path.Combine(folder, reference.Name + ".dll") is var file && File.Exists(file)
                ? context.LoadFromAssemblyPath(file)
                : null;
        return context.LoadFromAssemblyPath(path);
    }
}
