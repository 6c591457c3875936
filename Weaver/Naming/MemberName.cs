using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The name of a member as the user wrote it, without its type.</summary>
static class MemberName
{
    const string Lambda = "<lambda>";

    static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/",
        ["op_Modulus"] = "%", ["op_BitwiseAnd"] = "&", ["op_BitwiseOr"] = "|", ["op_ExclusiveOr"] = "^",
        ["op_LeftShift"] = "<<", ["op_RightShift"] = ">>", ["op_UnsignedRightShift"] = ">>>", ["op_Equality"] = "==",
        ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">", ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=", ["op_UnaryNegation"] = "-", ["op_UnaryPlus"] = "+", ["op_LogicalNot"] = "!",
        ["op_OnesComplement"] = "~", ["op_Like"] = "Like", ["op_IntegerDivision"] = "\\",
        ["op_Exponent"] = "^", ["op_Concatenate"] = "&", ["op_Increment"] = "++", ["op_Decrement"] = "--", ["op_True"] = "true",
        ["op_False"] = "false", ["op_AdditionAssignment"] = "+=", ["op_SubtractionAssignment"] = "-=",
        ["op_MultiplicationAssignment"] = "*=", ["op_DivisionAssignment"] = "/=", ["op_ModulusAssignment"] = "%=",
        ["op_BitwiseAndAssignment"] = "&=", ["op_BitwiseOrAssignment"] = "|=", ["op_ExclusiveOrAssignment"] = "^=",
        ["op_LeftShiftAssignment"] = "<<=", ["op_RightShiftAssignment"] = ">>=",
        ["op_UnsignedRightShiftAssignment"] = ">>>=", ["op_IncrementAssignment"] = "++", ["op_DecrementAssignment"] = "--",
    };

    /// <summary>The name of <paramref name="method"/>, with its type parameters.</summary>
    public static string Of(MethodDefinition method)
    {
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
            : Accessor(method) ?? Operator(method) ?? SourceName(method) ?? Explicit(method) ?? Plain(method.Name);
        return method.HasGenericParameters
            ? $"{name}<{string.Join(",", method.GenericParameters.Select(parameter => parameter.Name))}>"
            : name;
    }

    /// <summary>The name of code that F# or VB moved, as it follows the name of the method around it.</summary>
    /// <param name="method">The method that holds it now.</param>
    /// <param name="name">The name that the user gave it; empty if none.</param>
    /// <param name="stateMachines">Those of the module.</param>
    public static string OfMoved(MethodDefinition method, string name, StateMachines stateMachines)
    {
        if (stateMachines.IsMoveNext(method))
            return name.Length > 0 ? name : method.Name == "MoveNext" ? "<task>" : "<seq>";
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
        SourceName(method) ?? (method.SemanticsAttributes == MethodSemanticsAttributes.None
            ? method.Name
            : method.Name.Substring(method.Name.IndexOf('_') + 1));

    /// <summary>The full name of a method outside the module, as far as a reference tells it: <c>System.String.Length</c>
    /// for <c>get_Length</c>.</summary>
    public static string OfExternal(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType();
        return TypeNames.FullName(type) + "." + method.Name switch
        {
            ".ctor" or ".cctor" => TypeNames.Name(type),
            "get_Item" => "this[]",
            "set_Item" => "this[]=",
            "op_Implicit" or "op_Explicit" => "operator " + TypeNames.InSignature(method.ReturnType),
            var name when Symbol(name) is { } symbol => "operator " + symbol,
            var name when name.StartsWith("get_", StringComparison.Ordinal) => name.Substring(4),
            var name when name.StartsWith("set_", StringComparison.Ordinal) => name.Substring(4) + "=",
            var name when name.StartsWith("add_", StringComparison.Ordinal) => name.Substring(4) + "+=",
            var name when name.StartsWith("remove_", StringComparison.Ordinal) => name.Substring(7) + "-=",
            var name => name,
        };
    }

    // A lambda carries the metadata name of the member around it, which lives in the nearest type that the user wrote.
    static string Within(MethodDefinition method, string outer, string name)
    {
        if (outer.Length == 0)
            return name;
        var type = method.DeclaringType;
        while (TypeNames.IsHolder(type))
            type = type.DeclaringType;
        var enclosing = type.Methods.FirstOrDefault(candidate => candidate.Name == outer);
        return (enclosing is null ? Plain(outer) : Of(enclosing)) + "." + name;
    }

    static string Constructor(MethodDefinition method) =>
        (method.IsStatic ? "static " : "") + SimpleName(method.DeclaringType);

    static string SimpleName(TypeDefinition type) =>
        TypeNames.Name(type) is var name && name.IndexOf('<') is > 0 and var parameters
        ? name.Substring(0, parameters)
        : name;

    static bool IsFinalizer(MethodDefinition method) =>
        method is { Name: "Finalize", IsVirtual: true, HasParameters: false }
        && method.ReturnType.MetadataType == MetadataType.Void;

    static string? Accessor(MethodDefinition method)
    {
        if (ExtensionBlock.PropertyOf(method) is { } extension)
            return extension.SetMethod?.Name == method.Name ? extension.Name + "=" : extension.Name;
        if (method.SemanticsAttributes == MethodSemanticsAttributes.None)
            return null;
        foreach (var property in method.DeclaringType.Properties)
        {
            if (property.GetMethod != method && property.SetMethod != method)
                continue;
            var name = IsIndexer(property) ? "this[]" : WithoutNamespaces(property.Name);
            return property.SetMethod == method ? name + "=" : name;
        }
        foreach (var @event in method.DeclaringType.Events)
        {
            if (@event.AddMethod == method)
                return WithoutNamespaces(@event.Name) + "+=";
            if (@event.RemoveMethod == method)
                return WithoutNamespaces(@event.Name) + "-=";
            if (@event.InvokeMethod == method)
                return "RaiseEvent " + WithoutNamespaces(@event.Name);
        }
        return null;
    }

    // In VB every property can have parameters; the default one is what other languages call an indexer.
    static bool IsIndexer(PropertyDefinition property) =>
        property.HasParameters && (property.Name.EndsWith("Item", StringComparison.Ordinal)
            || property.DeclaringType.CustomAttributes.Any(attribute =>
                attribute.AttributeType.FullName == "System.Reflection.DefaultMemberAttribute"
                && attribute.ConstructorArguments[0].Value is string name && name == property.Name));

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
        switch (method.Name)
        {
            case "op_Implicit": return "implicit operator " + TypeNames.InSignature(method.ReturnType);
            case "op_Explicit": return "explicit operator " + TypeNames.InSignature(method.ReturnType);
            case "op_CheckedExplicit": return "explicit operator checked " + TypeNames.InSignature(method.ReturnType);
            default: return Symbol(method.Name) is { } symbol ? "operator " + symbol : null;
        }
    }

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
        if (method.Name.IndexOf('.') <= 0)
            return null;
        return method.Overrides.FirstOrDefault() is { } implemented
            ? TypeNames.InSignature(implemented.DeclaringType) + "."
                + (Symbol(implemented.Name) is { } symbol ? "operator " + symbol : implemented.Name)
            : WithoutNamespaces(method.Name);
    }

    // System.Collections.Generic.IEnumerable<Shop.Order>.GetEnumerator: the user writes the interface without namespace.
    static string WithoutNamespaces(string name)
    {
        var depth = 0;
        var dots = 0;
        for (var i = name.Length - 1; i >= 0; i--)
        {
            if (name[i] == '>')
                depth++;
            else if (name[i] == '<')
                depth--;
            else if (name[i] == '.' && depth == 0 && ++dots == 2)
                return name.Substring(i + 1);
        }
        return name;
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
