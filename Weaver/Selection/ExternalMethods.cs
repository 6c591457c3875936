using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Decides which methods outside the woven assemblies are recorded where a module calls them.</summary>
/// <param name="module">The module.</param>
/// <param name="wovenAlong">The assemblies that record themselves, though they may not be woven yet.</param>
/// <param name="filter">What the user does not want.</param>
/// <param name="inlined">Which calls are none when the program runs; null: all are recorded.</param>
sealed class ExternalMethods(ModuleDefinition module, IReadOnlyCollection<string> wovenAlong, NameFilter filter, InlinedCalls? inlined)
{
    readonly Dictionary<string, bool> isWovenAssembly = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, bool> isDelegate = new(StringComparer.Ordinal);
    readonly Dictionary<MethodReference, ExternalName?> nameOfReference = [];

    /// <summary>The method's full name, if calls of it are recorded at their call sites; otherwise null. Overloads, and
    /// instantiations of a generic method, are one.</summary>
    public ExternalName? NameOf(MethodReference method)
    {
        if (!nameOfReference.TryGetValue(method, out var name))
        {
            var called = BaseCalls.TargetOf(method);
            name = IsRecorded(called) && MemberName.OfExternal(called) is var full && !filter.Excludes(full.Name) ? full : null;
            nameOfReference.Add(method, name);
        }
        return name;
    }

    bool IsRecorded(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        return method.DeclaringType is not ArrayType
            && type is not GenericParameter
            && IsOutside(type)
            && !IsEmpty(method, type)
            && !IsCallOfTheUsers(method, type)
            && inlined?.Contains(method) != true;
    }

    bool IsOutside(TypeReference type) => type.Scope switch
    {
        AssemblyNameReference assembly => !Libraries.IsOurs(assembly.Name) && !IsWoven(assembly),
        _ => false,
    };

    bool IsWoven(AssemblyNameReference assembly)
    {
        if (!isWovenAssembly.TryGetValue(assembly.Name, out var woven))
        {
            woven = wovenAlong.Contains(assembly.Name, StringComparer.OrdinalIgnoreCase)
                || Resolve(() => module.AssemblyResolver.Resolve(assembly))?.MainModule.GetType(WovenModule.MarkerType) is not null;
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
