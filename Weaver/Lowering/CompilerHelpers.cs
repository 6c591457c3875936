using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Methods and types that a compiler adds to make the user's code work, and in which there is none of it.</summary>
static class CompilerHelpers
{
    const string Helper = "compiler helper";

    /// <summary>Why a method holds no code of the user's; null if it may.</summary>
    public static string? ReasonToSkip(MethodDefinition method) => CompilerName.Parse(method.Name).Kind switch
    {
        CompilerNameKind.BaseCall => "calls a base method for a lambda",
        CompilerNameKind.Relaxation => "adapts a method to a delegate",
        _ when MovedCode.IsFirstPart(method) => "creates a closure",
        _ when IsHelper(method) || IsHelper(method.DeclaringType) => Helper,
        _ => null,
    };

    // The initializer of a module calls those that the user wrote. F# has values that it takes apart read by methods, and
    // shows a union to the debugger by one.
    static bool IsHelper(MethodDefinition method) =>
        (method.IsConstructor && method.DeclaringType.Name == "<Module>")
        || (FSharpName.Is(method.Name) && Accessor.IsName(method.Name))
        || method is { Name: "__DebugDisplay", HasParameters: false };

    // The second is what a collection expression becomes whose type is an interface, the last one is for the debugger.
    static bool IsHelper(TypeDefinition? type) => type is not null
        && (type.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)
            || type.Name.StartsWith("<>z__", StringComparison.Ordinal)
            || type.Name.EndsWith("@DebugTypeProxy", StringComparison.Ordinal)
            || type.Name.IndexOf("@DebugTypeProxy`", StringComparison.Ordinal) > 0
            || IsHelper(type.DeclaringType));
}
