using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The name of a member as the user wrote it, without its type.</summary>
static class MemberName
{
    const string Lambda = "<lambda>";

    static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>",
        ["op_UnsignedRightShift"] = ">>>",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_UnaryNegation"] = "-",
        ["op_UnaryPlus"] = "+",
        ["op_LogicalNot"] = "!",
        ["op_OnesComplement"] = "~",
        ["op_Like"] = "Like",
        ["op_IntegerDivision"] = "\\",
        ["op_Exponent"] = "^",
        ["op_Concatenate"] = "&",
        ["op_Increment"] = "++",
        ["op_Decrement"] = "--",
        ["op_True"] = "true",
        ["op_False"] = "false",
        ["op_AdditionAssignment"] = "+=",
        ["op_SubtractionAssignment"] = "-=",
        ["op_MultiplicationAssignment"] = "*=",
        ["op_DivisionAssignment"] = "/=",
        ["op_ModulusAssignment"] = "%=",
        ["op_BitwiseAndAssignment"] = "&=",
        ["op_BitwiseOrAssignment"] = "|=",
        ["op_ExclusiveOrAssignment"] = "^=",
        ["op_LeftShiftAssignment"] = "<<=",
        ["op_RightShiftAssignment"] = ">>=",
        ["op_UnsignedRightShiftAssignment"] = ">>>=",
        ["op_IncrementAssignment"] = "++",
        ["op_DecrementAssignment"] = "--",
    };

    /// <summary>The name of <paramref name="method"/>, with its type parameters.</summary>
    public static string Of(MethodDefinition method)
    {
        if (WithoutWitnesses(method) is { } original)
            return Of(original) + ".<witnesses>";
        var compilerName = CompilerName.Parse(method.Name);
        switch (compilerName.Kind)
        {
            case CompilerNameKind.Lambda:
                return Within(method, compilerName.Outer, Lambda);
            case CompilerNameKind.LocalFunction:
                return Within(method, compilerName.Outer, compilerName.Inner);
        }
        var name = method.IsConstructor ? Constructor(method)
            : IsFinalizer(method) ? "~" + SimpleName(method.DeclaringType)
            : AccessorOf(method) ?? Operator(method) ?? SourceName(method) ?? Explicit(method);
        return name is null && FSharpExtension(method) is { } extension
            ? extension
            : (name ?? Plain(method.Name)) + TypeNames.Parameters(method.GenericParameters);
    }

    /// <summary>The name of code that F# or VB moved, as it follows the name of the method around it.</summary>
    /// <param name="method">The method that holds it now.</param>
    /// <param name="name">The name that the user gave it; empty if none.</param>
    public static string OfMoved(MethodDefinition method, string name)
    {
        // The type may also be that of an object expression, whose members have names.
        if (method.IsStatic || method.Name is "Invoke" or "Specialize"
            || CompilerName.Parse(method.Name).Kind == CompilerNameKind.Lambda)
        {
            return name.Length > 0 ? name : Lambda;
        }
        return Of(method);
    }

    /// <summary>The name without parameters, type parameters and what an accessor adds.</summary>
    public static string Simple(MethodDefinition method) =>
        WithoutWitnesses(method) is { } original ? Simple(original)
        : SourceName(method) ?? (method.SemanticsAttributes == MethodSemanticsAttributes.None
            ? method.Name
            : method.Name.Substring(method.Name.IndexOf('_') + 1));

    /// <summary>The full name of a method outside the module, as far as a reference tells it: <c>System.String.Length</c>
    /// for <c>get_Length</c>.</summary>
    public static ExternalName OfExternal(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        var typeName = TypeNames.FullName(type);
        var fullName = typeName + "." + method.Name switch
        {
            ".ctor" or ".cctor" => TypeNames.Name(type),
            var name when Conversion(name) is { } conversion => conversion + TypeNames.InSignature(method.ReturnType),
            var name when (Symbol(name) ?? FSharpOperator.Symbol(name)) is { } symbol => "operator " + symbol,
            var name => Accessor.ByName(Plain(name), method.Parameters.Count),
        };
        return new(((AssemblyNameReference)type.Scope).Name, fullName, typeName.Length);
    }

    // F# compiles a function with constraints on members twice: "sum" for those who know the types, and "sum$W" for
    // quotations, which pass the members along.
    static MethodDefinition? WithoutWitnesses(MethodDefinition method)
    {
        const string Suffix = "$W";
        if (!method.Name.EndsWith(Suffix, StringComparison.Ordinal))
            return null;
        var name = method.Name.Substring(0, method.Name.Length - Suffix.Length);
        return method.DeclaringType.Methods.FirstOrDefault(original => original.Name == name);
    }

    // A lambda carries the metadata name of the member around it, which lives in the nearest type that the user wrote.
    static string Within(MethodDefinition method, string outer, string name)
    {
        if (outer.Length == 0)
            return name;
        var enclosing = MemberIndex.Of(TypeNames.UserTypeOf(method)).MethodNamed(outer);
        return (enclosing is null ? Plain(outer) : Of(enclosing)) + "." + name;
    }

    static string Constructor(MethodDefinition method) =>
        AnonymousType.Is(method.DeclaringType) ? "new"
        : (method.IsStatic ? "static " : "") + SimpleName(method.DeclaringType);

    static string SimpleName(TypeDefinition type) =>
        TypeNames.Name(type) is var name && name.IndexOf('<') is > 0 and var parameters
        ? name.Substring(0, parameters)
        : name;

    static bool IsFinalizer(MethodDefinition method) =>
        method is { Name: "Finalize", IsVirtual: true, HasParameters: false }
        && method.ReturnType.MetadataType == MetadataType.Void;

    // F# notes the name in the source where [<CompiledName>] gave the method another one, and which method makes a case
    // of a union.
    static string? SourceName(MethodDefinition method)
    {
        if (!method.HasCustomAttributes)
            return null;
        foreach (var attribute in method.CustomAttributes)
        {
            switch (attribute.AttributeType.FullName)
            {
                case "Microsoft.FSharp.Core.CompilationSourceNameAttribute":
                    return (string)attribute.ConstructorArguments[0].Value;
                case "Microsoft.FSharp.Core.CompilationMappingAttribute" when method.IsStatic
                    && method.Name.StartsWith("New", StringComparison.Ordinal):
                    return method.Name.Substring(3);
            }
        }
        return null;
    }

    static string? Operator(MethodDefinition method)
    {
        if (FSharpOperator.Symbol(method.Name) is { } defined)
            return "operator " + defined;
        if (!method.IsSpecialName && !ExtensionBlock.IsOperator(method))
            return null;
        return Conversion(method.Name) is { } conversion ? conversion + TypeNames.InSignature(method.ReturnType)
            : Symbol(method.Name) is { } symbol ? "operator " + symbol
            : null;
    }

    static string? Conversion(string name) => name switch
    {
        "op_Implicit" => "implicit operator ",
        "op_Explicit" => "explicit operator ",
        "op_CheckedExplicit" => "explicit operator checked ",
        _ => null,
    };

    static string? Symbol(string name)
    {
        const string Prefix = "op_", CheckedPrefix = "op_Checked";
        if (Operators.TryGetValue(name, out var symbol))
            return symbol;
        return name.StartsWith(CheckedPrefix, StringComparison.Ordinal)
            && Operators.TryGetValue(Prefix + name.Substring(CheckedPrefix.Length), out symbol) ? "checked " + symbol : null;
    }

    static string? Explicit(MethodDefinition method)
    {
        if (InterfaceBefore(method) is not { } implemented)
            return null;
        // F# declares no property for an implementation, but the interface may have one.
        var name = (implemented is MethodDefinition { SemanticsAttributes: not MethodSemanticsAttributes.None } accessor
                ? Accessor.Of(accessor) : null)
            ?? (Symbol(implemented.Name) is { } symbol ? "operator " + symbol
                : Accessor.ByName(implemented.Name, implemented.Parameters.Count));
        return TypeNames.InSignature(implemented.DeclaringType) + "." + name;
    }

    // The user writes the interface without namespace. What VB implements bears a name of its own, as does an override
    // that returns another type.
    static MethodReference? InterfaceBefore(MethodDefinition method) =>
        method.HasOverrides && method.Name.IndexOf('.') > 0 ? method.Overrides[0] : null;

    static string? AccessorOf(MethodDefinition method)
    {
        if (Accessor.Of(method) is { } name)
            return InterfaceBefore(method) is { } implemented ? TypeNames.InSignature(implemented.DeclaringType) + "." + name : name;
        // F# declares no property for what overrides one of an exception.
        return method is { IsVirtual: true, IsNewSlot: false } && Accessor.IsName(method.Name)
            ? Accessor.ByName(method.Name, method.Parameters.Count)
            : null;
    }

    // "Box`1.get_Doubled<T>": what F# adds to another type is a function of the module.
    static string? FSharpExtension(MethodDefinition method)
    {
        if (!method.IsStatic || method.HasOverrides || method.Name.IndexOf('.') is not (> 0 and var dot))
            return null;
        var (type, member) = (method.Name.Substring(0, dot), method.Name.Substring(dot + 1));
        var tick = type.IndexOf('`');
        var isAccessor = Accessor.IsName(member);
        if ((tick < 0 && !isAccessor) || !int.TryParse(tick < 0 ? "0" : type.Substring(tick + 1), out var arity))
            return null;
        // The type itself is the first parameter of a member.
        var name = isAccessor ? Accessor.ByName(member, method.Parameters.Count - 1) : member;
        var parameters = method.GenericParameters;
        return $"{(tick < 0 ? type : type.Substring(0, tick))}{TypeNames.Parameters(parameters.Take(arity))}.{name}" +
            TypeNames.Parameters(parameters.Skip(arity));
    }

    static string Plain(string name) => name switch
    {
        "<Main>$" => "Main",
        "main@" => "main",
        "<Initialize>" => "<module>",
        "<Clone>$" => "with",
        ".ctor" => "new",
        ".cctor" => "static",
        _ => name,
    };
}
