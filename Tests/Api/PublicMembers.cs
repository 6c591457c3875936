using System.ComponentModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProfilerWeaver.Tests.Api;

/// <summary>The public members of the libraries, and which of them some code uses. Every overload is a member.</summary>
static class PublicMembers
{
    /// <summary>The members of an assembly's public types, and the types that have none. What every object has, and what
    /// the compiler adds to records, is left out.</summary>
    public static IEnumerable<ISymbol> Of(IAssemblySymbol assembly) =>
        TypesOf(assembly.GlobalNamespace).SelectMany<INamedTypeSymbol, ISymbol>(type =>
            MembersOf(type).ToArray() is { Length: > 0 } members ? members
            : [type]);

    /// <summary>The members that are used.</summary>
    public static HashSet<ISymbol> UsedIn(CSharpCompilation compilation)
    {
        var used = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                Add(model.GetSymbolInfo(node).Symbol);
                if (node is ForEachStatementSyntax loop)
                    Add(model.GetForEachStatementInfo(loop).GetEnumeratorMethod);
                if (node is ExpressionSyntax expression)
                    Add(model.GetConversion(expression).MethodSymbol);
            }
        }
        return used;

        void Add(ISymbol? symbol)
        {
            if (symbol is null)
                return;
            symbol = symbol.OriginalDefinition;
            used.Add(symbol);
            if (symbol is IMethodSymbol { ReducedFrom: { } extension })
                used.Add(extension.OriginalDefinition);
            // The parts of an extension are called by other names than they are listed under.
            if (symbol is IMethodSymbol { AssociatedExtensionImplementation: { } implementation })
                used.Add(implementation.OriginalDefinition);
        }
    }

    static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) => space.GetTypeMembers()
        .Where(type => type.DeclaredAccessibility == Accessibility.Public && !IsForWovenCode(type))
        .Concat(space.GetNamespaceMembers().SelectMany(TypesOf));

    static bool IsForWovenCode(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(EditorBrowsableAttribute));

    static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        member.DeclaredAccessibility == Accessibility.Public
        && member is not INamedTypeSymbol
        && !member.IsOverride
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && !(member is IMethodSymbol method && IsOfCompiler(method, type)));

    static bool IsOfCompiler(IMethodSymbol method, INamedTypeSymbol type) =>
        method.Name is "Equals" or "op_Equality" or "op_Inequality" or "Deconstruct" or "<Clone>$"
        || (method.Name == ".ctor" && method.Parameters.IsEmpty && type.IsValueType);
}
