using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The methods outside the woven assemblies that a module calls: which they are, and their place in the
/// module's table.</summary>
sealed class ExternalMethods(
    ModuleDefinition module, IReadOnlyCollection<string> wovenAlong, NameFilter filter, MethodTableWriter table)
{
    readonly Dictionary<string, bool> isWovenAssembly = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, bool> isDelegate = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    readonly Dictionary<MethodReference, int?> indexOfReference = [];

    /// <summary>The method's index in the table, if calls of it are recorded at their call sites; otherwise null.
    /// Overloads, and instantiations of a generic method, are one.</summary>
    public int? IndexOf(MethodReference method)
    {
        if (!indexOfReference.TryGetValue(method, out var index))
        {
            var called = BaseCalls.TargetOf(method);
            index = IsRecorded(called) ? FindOrAdd(MemberName.OfExternal(called)) : null;
            indexOfReference.Add(method, index);
        }
        return index;
    }

    int? FindOrAdd(string name)
    {
        if (filter.Excludes(name))
            return null;
        if (!indices.TryGetValue(name, out var index))
            indices.Add(name, index = table.AddExternal(name));
        return index;
    }

    bool IsRecorded(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        return method.DeclaringType is not ArrayType
            && type is not GenericParameter
            && IsOutside(type)
            && !IsEmpty(method, type)
            && !IsCallOfTheUsers(method, type);
    }

    bool IsOutside(TypeReference type) => type.Scope switch
    {
        AssemblyNameReference assembly => assembly.Name != RecorderReferences.AssemblyName && !IsWoven(assembly),
        _ => false,
    };

    bool IsWoven(AssemblyNameReference assembly)
    {
        if (!isWovenAssembly.TryGetValue(assembly.Name, out var woven))
        {
            woven = wovenAlong.Contains(assembly.Name, StringComparer.OrdinalIgnoreCase)
                || Resolve(() => module.AssemblyResolver.Resolve(assembly))?.MainModule.GetType(MethodIds.TypeName) is not null;
            isWovenAssembly.Add(assembly.Name, woven);
        }
        return woven;
    }

    // Every constructor ends in the one of object, which does nothing.
    static bool IsEmpty(MethodReference method, TypeReference type) =>
        method.Name == ".ctor" && type.FullName == "System.Object";

    // To invoke a delegate, or a function of F#, is to call the user's own method; to make one is no call.
    bool IsCallOfTheUsers(MethodReference method, TypeReference type) =>
        method.Name is "Invoke" or "InvokeFast" or "BeginInvoke" or "EndInvoke" or ".ctor"
        && (IsFunction(type) || IsDelegate(type));

    static bool IsFunction(TypeReference type) =>
        type.Name.StartsWith("FSharpFunc`", StringComparison.Ordinal)
        && type.FullName.StartsWith("Microsoft.FSharp.Core.", StringComparison.Ordinal);

    bool IsDelegate(TypeReference type)
    {
        if (!isDelegate.TryGetValue(type.FullName, out var result))
        {
            result = Resolve(type.Resolve)?.BaseType?.FullName == "System.MulticastDelegate";
            isDelegate.Add(type.FullName, result);
        }
        return result;
    }

    // An assembly that cannot be found is not one of ours.
    static T? Resolve<T>(Func<T?> resolve)
        where T : class
    {
        try
        {
            return resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }
}
