using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Finds what an assembly references and a folder does not have: a .NET that was trimmed lacks what the program that it
/// was trimmed for did not need.</summary>
static class MissingReferences
{
    /// <summary>The first type or member that is missing; null: all are there.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="folder">The folder that has all it may use.</param>
    public static string? FirstOf(string assembly, string folder)
    {
        using var resolver = new OnlyFolder(folder);
        using var module = ModuleDefinition.ReadModule(assembly, new() { AssemblyResolver = resolver });
        return module.GetTypeReferences().FirstOrDefault(type => !IsThere(type.Resolve))?.FullName
            // The members of an array are in no assembly.
            ?? module.GetMemberReferences().FirstOrDefault(member => member.DeclaringType is not ArrayType && !IsThere(member.Resolve))
                ?.FullName;
    }

    static bool IsThere(Func<object?> resolve)
    {
        try
        {
            return resolve() is not null;
        }
        catch (AssemblyResolutionException)
        {
            return false;
        }
    }

    sealed class OnlyFolder(string folder) : BaseAssemblyResolver
    {
        readonly Dictionary<string, AssemblyDefinition> known = [];

        public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
        {
            if (known.TryGetValue(name.Name, out var assembly))
                return assembly;
            var path = Path.Combine(folder, name.Name + ".dll");
            if (!File.Exists(path))
                throw new AssemblyResolutionException(name);
            parameters.AssemblyResolver = this;
            return known[name.Name] = AssemblyDefinition.ReadAssembly(path, parameters);
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var assembly in known.Values)
                assembly.Dispose();
            base.Dispose(disposing);
        }
    }
}
