using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The methods outside the woven assemblies that a module calls: which they are, and their place in the
/// module's table.</summary>
sealed class ExternalMethods(ModuleDefinition module, NameFilter filter, MethodTableWriter table)
{
    readonly Dictionary<string, bool> isWovenAssembly = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, bool> isDelegate = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);

    /// <summary>Whether calls of the method are recorded at their call sites.</summary>
    public bool Contains(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        return method.DeclaringType is not ArrayType
            && type is not GenericParameter
            && IsOutside(type)
            && !IsEmpty(method, type)
            && !IsCallOfTheUsers(method, type)
            && !filter.Excludes(MemberName.OfExternal(method));
    }

    /// <summary>The method's index in the table. Overloads, and instantiations of a generic method, are one.</summary>
    public int IndexOf(MethodReference method)
    {
        var name = MemberName.OfExternal(method);
        if (!indices.TryGetValue(name, out var index))
            indices.Add(name, index = table.AddExternal(name));
        return index;
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
            woven = Resolve(() => module.AssemblyResolver.Resolve(assembly))?.MainModule.GetType(MethodIds.TypeName) is not null;
            isWovenAssembly.Add(assembly.Name, woven);
        }
        return woven;
    }

    // Every constructor ends in the one of object, which does nothing.
    static bool IsEmpty(MethodReference method, TypeReference type) =>
        method.Name == ".ctor" && type.FullName == "System.Object";

    // To invoke a delegate, or a function of F#, is to call the user's own method; to make one is no call.
    bool IsCallOfTheUsers(MethodReference method, TypeReference type)
    {
        if (method.Name is "Invoke" or ".ctor" or "InvokeFast" && type.FullName.StartsWith("Microsoft.FSharp.Core.", StringComparison.Ordinal))
            return type.Name.StartsWith("FSharpFunc`", StringComparison.Ordinal) || type.Name == "OptimizedClosures";
        return method.Name is "Invoke" or "BeginInvoke" or "EndInvoke" or ".ctor" && IsDelegate(type);
    }

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
