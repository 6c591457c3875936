using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace ProfilerWeaver.Scripting;

/// <summary>What code that is given as text finds around it: the assemblies of the process, and the names of the assembly
/// that gave it.</summary>
sealed class Host
{
    static readonly string[] Usual =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    static readonly Lazy<IReadOnlyDictionary<string, string>> Files = new(() =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(files => files.Key, files => files.First(), StringComparer.OrdinalIgnoreCase));

    static readonly Lazy<IReadOnlyDictionary<string, MetadataReference>> FileReferences = new(() =>
        Files.Value.ToDictionary(file => file.Key, file => (MetadataReference)MetadataReference.CreateFromFile(file.Value)));

    readonly Assembly assembly;
    readonly Dictionary<string, Assembly> loaded = new(StringComparer.OrdinalIgnoreCase);

    public Host(Assembly assembly)
    {
        this.assembly = assembly;
        var own = AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default;
        Assembly[] important = [assembly, typeof(Recorder).Assembly];
        foreach (var candidate in important.Concat(own.Assemblies).Concat(AssemblyLoadContext.Default.Assemblies))
        {
            if (!candidate.IsDynamic && candidate.GetName().Name is { } name)
                loaded.TryAdd(name, candidate);
        }
    }

    /// <summary>The assemblies that code may refer to.</summary>
    public IEnumerable<MetadataReference> References => loaded.Values.Select(ReferenceTo).OfType<MetadataReference>()
        .Concat(FileReferences.Value.Where(file => !loaded.ContainsKey(file.Key)).Select(file => file.Value));

    /// <summary>The loaded assemblies whose methods record themselves.</summary>
    public IEnumerable<string> Woven => loaded.Where(known => known.Value.GetType(WovenModule.MarkerType) is not null)
        .Select(known => known.Key);

    /// <summary>The namespaces that are at hand, and the class whose members are.</summary>
    /// <param name="nonPublic">Whether to count what is not public.</param>
    public IEnumerable<string> Usings(bool nonPublic)
    {
        var types = TypesOf(assembly).Where(type => (nonPublic || type.IsPublic) && !IsOfCompiler(type));
        var namespaces = types.Select(type => type.Namespace).OfType<string>();
        var main = assembly.EntryPoint?.DeclaringType is { } type && (nonPublic || type.IsVisible)
            ? new[] { type.FullName!.Replace('+', '.') }
            : [];
        return Usual.Concat(namespaces).Concat(main).Distinct();
    }

    /// <summary>The loaded assembly of a name; null if there is none.</summary>
    public Assembly? Find(string name) => loaded.GetValueOrDefault(name);

    /// <summary>The file of an assembly; null if it has none.</summary>
    public string? FileOf(string name) =>
        loaded.GetValueOrDefault(name)?.Location is { Length: > 0 } location ? location : Files.Value.GetValueOrDefault(name);

    static bool IsOfCompiler(Type type) => type.Name.Contains('<') || type.IsDefined(typeof(CompilerGeneratedAttribute), false);

    static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    // From memory: the file may be another one by now, or none.
    static unsafe PortableExecutableReference? ReferenceTo(Assembly assembly) =>
        assembly.TryGetRawMetadata(out var metadata, out var length)
            ? AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)metadata, length)).GetReference(filePath: assembly.Location)
            : null;
}
