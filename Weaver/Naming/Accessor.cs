using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The names of properties and events, from those of the methods that read, write, add and remove.</summary>
static class Accessor
{
    // "Box`1.get_Doubled": F# declares no property for one that is added to another type.
    static readonly string[] Prefixes = ["get_", "set_", "add_", "remove_"];

    /// <summary>What <paramref name="method"/> is an accessor of, as the metadata says it; null if it is none.</summary>
    public static string? Of(MethodDefinition method)
    {
        if (ExtensionPropertyOf(method) is { } extension)
            return extension.SetMethod?.Name == method.Name ? extension.Name + "=" : extension.Name;
        if (method.SemanticsAttributes == MethodSemanticsAttributes.None)
            return null;
        if (MemberIndex.Of(method.DeclaringType).PropertyOf(method) is { } property)
        {
            var name = IsIndexer(property) ? "this[]" : AnonymousType.NameOfProperty(Simple(property, method));
            return property.SetMethod == method ? name + "=" : name;
        }
        foreach (var @event in method.DeclaringType.Events)
        {
            if (@event.AddMethod == method)
                return Simple(@event, method) + "+=";
            if (@event.RemoveMethod == method)
                return Simple(@event, method) + "-=";
            if (@event.InvokeMethod == method)
                return "RaiseEvent " + Simple(@event, method);
        }
        return null;
    }

    /// <summary>What a method is an accessor of, where nothing but its name and parameters can tell.</summary>
    /// <param name="name">The name, without the type that an explicit implementation or F# puts before it.</param>
    /// <param name="parameters">How many parameters the method has.</param>
    public static string ByName(string name, int parameters)
    {
        var prefix = Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
        var simple = name.Substring(prefix.Length);
        return prefix switch
        {
            "get_" => simple == "Item" && parameters > 0 ? "this[]" : simple,
            "set_" => simple == "Item" && parameters > 1 ? "this[]=" : simple + "=",
            "add_" => simple + "+=",
            "remove_" => simple + "-=",
            _ => name,
        };
    }

    /// <summary>Whether the name is that of an accessor.</summary>
    public static bool IsName(string name) =>
        Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    // An accessor of an extension block's is a static method that belongs to no property of its type.
    static PropertyDefinition? ExtensionPropertyOf(MethodDefinition method) =>
        method.IsStatic && method.DeclaringType.HasNestedTypes && IsName(method.Name)
            ? MemberIndex.Of(method.DeclaringType).ExtensionPropertyOf(method.Name)
            : null;

    // An explicit implementation bears the full name of the interface.
    static string Simple(IMemberDefinition member, MethodDefinition accessor) =>
        accessor.HasOverrides ? member.Name.Substring(member.Name.LastIndexOf('.') + 1) : member.Name;

    // In VB every property can have parameters; the default one is what other languages call an indexer.
    static bool IsIndexer(PropertyDefinition property) =>
        property.HasParameters && (property.Name.EndsWith("Item", StringComparison.Ordinal)
            || property.DeclaringType.CustomAttributes.Any(attribute =>
                attribute.AttributeType.FullName == "System.Reflection.DefaultMemberAttribute"
                && attribute.ConstructorArguments[0].Value is string name && name == property.Name));
}
