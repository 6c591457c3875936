using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The extension blocks of C# 14. What runs are static methods of the class around a block; types nested in that
/// class only declare the block's members (feature specification "Extensions", metadata).</summary>
static class ExtensionBlock
{
    /// <summary>Whether the type has declarations only, whose bodies throw.</summary>
    public static bool IsDeclaration(TypeDefinition type) =>
        type is { IsNested: true, IsSpecialName: true } && type.Name.StartsWith("<", StringComparison.Ordinal)
        && type.Name.IndexOf(">$", StringComparison.Ordinal) == 2;

    /// <summary>The property that <paramref name="method"/> implements an accessor of; null if it does not.</summary>
    public static PropertyDefinition? PropertyOf(MethodDefinition method) =>
        method.IsStatic && method.DeclaringType.HasNestedTypes && IsAccessorName(method.Name)
            ? MemberIndex.Of(method.DeclaringType).ExtensionPropertyOf(method.Name)
            : null;

    /// <summary>Whether <paramref name="method"/> implements an operator of a block.</summary>
    public static bool IsOperator(MethodDefinition method) =>
        method.IsStatic && method.DeclaringType.HasNestedTypes && method.Name.StartsWith("op_", StringComparison.Ordinal)
        && method.DeclaringType.NestedTypes.Where(IsDeclaration).SelectMany(block => block.Methods)
            .Any(declared => declared.IsSpecialName && declared.Name == method.Name);

    static bool IsAccessorName(string name) =>
        name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal);
}
