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

    /// <summary>Whether <paramref name="method"/> implements an operator of a block.</summary>
    public static bool IsOperator(MethodDefinition method) =>
        method.IsStatic && method.DeclaringType.HasNestedTypes && method.Name.StartsWith("op_", StringComparison.Ordinal)
        && method.DeclaringType.NestedTypes.Where(IsDeclaration).SelectMany(block => block.Methods)
            .Any(declared => declared.IsSpecialName && declared.Name == method.Name);
}
