using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Types that the compiler makes of <c>new { … }</c>, of the range variables of a query, and of F#'s anonymous
/// records. They are known by their properties: <c>&lt;anonymous type: Name,Size&gt;</c>.</summary>
static class AnonymousType
{
    /// <summary>What stands for the range variables that a query carries along, which have no name in the source.</summary>
    const string RangeVariables = "<range variables>";

    static readonly string[] Prefixes = ["<>f__AnonymousType", "VB$AnonymousType_"];

    static readonly string[] RangeVariablePrefixes = ["<>h__TransparentIdentifier", "$VB$It"];

    /// <summary>Whether the compiler made the type of its properties.</summary>
    public static bool Is(TypeReference type) => StartsWithAny(type.Name, Prefixes);

    /// <summary>The name by the properties; a reference does not tell them.</summary>
    public static string NameOf(TypeReference type) =>
        type is TypeDefinition { HasProperties: true } definition
            ? $"<anonymous type: {string.Join(",", definition.Properties.Select(property => NameOfProperty(property.Name)))}>"
            : "<anonymous type>";

    /// <summary>The name of a property as the user wrote it.</summary>
    public static string NameOfProperty(string name) => StartsWithAny(name, RangeVariablePrefixes) ? RangeVariables : name;

    static bool StartsWithAny(string name, string[] prefixes) =>
        prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
