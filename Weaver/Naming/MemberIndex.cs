using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The members of a type by what they are looked up by, so that not each look-up goes through all of them. Weaving
/// does not add members to the types that it looks at.</summary>
sealed class MemberIndex
{
    static readonly ConditionalWeakTable<TypeDefinition, MemberIndex> Known = new();

    readonly Dictionary<string, MethodDefinition> methods = new(StringComparer.Ordinal);
    readonly Dictionary<MethodDefinition, PropertyDefinition> properties = [];
    readonly Dictionary<string, PropertyDefinition> extensions = new(StringComparer.Ordinal);

    MemberIndex(TypeDefinition type)
    {
        foreach (var method in type.Methods)
            AddFirst(methods, method.Name, method);
        foreach (var property in type.Properties)
        {
            AddFirst(properties, property.GetMethod, property);
            AddFirst(properties, property.SetMethod, property);
        }
        foreach (var property in type.NestedTypes.Where(ExtensionBlock.IsDeclaration).SelectMany(block => block.Properties))
        {
            AddFirst(extensions, property.GetMethod?.Name, property);
            AddFirst(extensions, property.SetMethod?.Name, property);
        }
    }

    /// <summary>The index of <paramref name="type"/>.</summary>
    public static MemberIndex Of(TypeDefinition type) => Known.GetValue(type, static type => new(type));

    /// <summary>The first method of that name; null if there is none.</summary>
    public MethodDefinition? MethodNamed(string name) => methods.TryGetValue(name, out var method) ? method : null;

    /// <summary>The property that a method of the type is an accessor of; null if it is of none.</summary>
    public PropertyDefinition? PropertyOf(MethodDefinition accessor) =>
        properties.TryGetValue(accessor, out var property) ? property : null;

    /// <summary>The property of an extension block in the type whose accessor has that name; null if there is none.</summary>
    public PropertyDefinition? ExtensionPropertyOf(string accessor) =>
        extensions.TryGetValue(accessor, out var property) ? property : null;

    static void AddFirst<TKey, TMember>(Dictionary<TKey, TMember> members, TKey? key, TMember member)
        where TKey : class
    {
        if (key is not null && !members.ContainsKey(key))
            members.Add(key, member);
    }
}
