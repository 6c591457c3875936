using System.Globalization;
using System.Runtime.InteropServices;
using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Finds methods with their bodies. A compiler is given reference assemblies, which have none; what runs in place of those of
/// the framework lies in a folder of .NET: of the installation that the reference assembly is a part of, or of the one that
/// runs the build. There the newest one of the same major version is taken, or else the newest.
/// </summary>
sealed class Implementations : IDisposable
{
    const string Shared = "shared";

    readonly Dictionary<ModuleDefinition, bool> isReference = [];
    readonly Dictionary<TypeDefinition, TypeDefinition?> ofReferences = [];
    readonly Dictionary<string, DefaultAssemblyResolver> frameworks = new(StringComparer.Ordinal);

    /// <summary>The method as it is run, or one that cannot be told from it; null if there is nothing but its
    /// signature.</summary>
    public MethodDefinition? Of(MethodReference method)
    {
        var definition = method.Resolve();
        if (definition is null || !IsReference(definition.Module))
            return definition;
        return Of(definition.DeclaringType) is { } type ? MetadataResolver.GetMethod(type.Methods, definition) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var framework in frameworks.Values)
            framework.Dispose();
    }

    bool IsReference(ModuleDefinition module)
    {
        if (!isReference.TryGetValue(module, out var result))
        {
            result = module.Assembly?.CustomAttributes.Any(attribute => attribute.AttributeType.FullName ==
                "System.Runtime.CompilerServices.ReferenceAssemblyAttribute") == true;
            isReference.Add(module, result);
        }
        return result;
    }

    TypeDefinition? Of(TypeDefinition reference)
    {
        if (!ofReferences.TryGetValue(reference, out var type))
            ofReferences.Add(reference, type = Find(reference));
        return type;
    }

    TypeDefinition? Find(TypeDefinition reference)
    {
        if (reference.DeclaringType is { } outer)
            return Of(outer)?.NestedTypes.FirstOrDefault(type => type.Name == reference.Name);
        foreach (var framework in FrameworksOf(reference.Module))
        {
            try
            {
                var module = framework.Resolve(reference.Module.Assembly.Name).MainModule;
                return module.GetType(reference.Namespace, reference.Name)
                    ?? module.ExportedTypes.FirstOrDefault(type => type.Name == reference.Name && type.Namespace == reference.Namespace)?.Resolve();
            }
            catch (AssemblyResolutionException)
            {
                // Perhaps in the next one.
            }
        }
        return null;
    }

    IEnumerable<DefaultAssemblyResolver> FrameworksOf(ModuleDefinition reference)
    {
        var major = reference.Assembly.Name.Version.Major;
        foreach (var folder in SharedFolders(reference.FileName))
        {
            var key = folder + "|" + major.ToString(CultureInfo.InvariantCulture);
            if (!frameworks.TryGetValue(key, out var resolver))
                frameworks.Add(key, resolver = ResolverOf(folder, major));
            yield return resolver;
        }
    }

    // root/packs/Microsoft.NETCore.App.Ref/10.0.1/ref/net10.0/System.Runtime.dll stands for
    // root/shared/Microsoft.NETCore.App/10.0.1/System.Runtime.dll
    static IEnumerable<string> SharedFolders(string? reference)
    {
        if (!string.IsNullOrEmpty(reference) && Above(reference!, 5) is { } packs && Path.GetFileName(packs) == "packs")
            yield return Path.Combine(Path.GetDirectoryName(packs)!, Shared);
        if (Above(RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/', '\\'), 2) is { } running && Path.GetFileName(running) == Shared)
            yield return running;
    }

    static string? Above(string path, int levels)
    {
        string? folder = path;
        for (; levels > 0 && folder is not null; levels--)
            folder = Path.GetDirectoryName(folder);
        return folder;
    }

    static DefaultAssemblyResolver ResolverOf(string shared, int major)
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (var folder in resolver.GetSearchDirectories())
            resolver.RemoveSearchDirectory(folder);
        var all = Directory.Exists(shared) ? Directory.GetDirectories(shared) : [];
        foreach (var framework in all.OrderBy(name => name, StringComparer.Ordinal))
        {
            if (Newest(framework, major) is { } folder)
                resolver.AddSearchDirectory(folder);
        }
        return resolver;
    }

    static string? Newest(string framework, int major) => Directory.GetDirectories(framework)
        .Select(folder => (Folder: folder, Version: VersionOf(Path.GetFileName(folder))))
        .Where(version => version.Version is not null)
        .OrderBy(version => version.Version!.Major == major).ThenBy(version => version.Version)
        .Select(version => version.Folder).LastOrDefault();

    // 11.0.0-preview.1 is taken for 11.0.0.
    static Version? VersionOf(string name) => Version.TryParse(name.Split('-')[0], out var version) ? version : null;
}
