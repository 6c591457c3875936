using System.Text.RegularExpressions;
using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>The names of types as the user wrote them: without what the compiler put around the user's code.</summary>
static class TypeNames
{
    static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.SByte"] = "sbyte",
        ["System.Char"] = "char",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float",
        ["System.Double"] = "double",
        ["System.Decimal"] = "decimal",
        ["System.String"] = "string",
        ["System.Object"] = "object",
        ["System.Void"] = "void",
        ["System.IntPtr"] = "nint",
        ["System.UIntPtr"] = "nuint",
    };

    static readonly Regex StartupCode = new(@"^<StartupCode\$[^>]*>\.?\$?");

    /// <summary>The class that code given as text is compiled into (ProfilerWeaver.Scripting); its members stand alone in
    /// the source.</summary>
    public const string ScriptClass = "<script>";

    static readonly string[] HolderPrefixes = ["<", "_Closure$__", "VB$StateMachine_"];

    /// <summary>Whether the compiler made the type to hold code that the user wrote elsewhere: closures, state
    /// machines.</summary>
    public static bool IsHolder(TypeReference type) => FSharpName.Is(type.Name) || (type.DeclaringType is not null
        && HolderPrefixes.Any(prefix => type.Name.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>The nearest type around <paramref name="method"/> that the user wrote.</summary>
    public static TypeDefinition UserTypeOf(MethodDefinition method)
    {
        var type = method.DeclaringType;
        while (IsHolder(type))
            type = type.DeclaringType;
        return type;
    }

    /// <summary>Namespace, enclosing types and name, for example <c>Shop.Cache&lt;TKey,TValue&gt;.Entry</c>; empty for the
    /// class of a script.</summary>
    public static string FullName(TypeReference type)
    {
        while (IsHolder(type) && type.DeclaringType is { } holder)
            type = holder;
        if (type.Name == ScriptClass)
            return "";
        // F# initializes the values of a file in a type of its own: "<StartupCode$Shop>.$Shop.Prices".
        var prefix = type.DeclaringType is { } outer ? FullName(outer) : StartupCode.Replace(type.Namespace, "");
        return prefix.Length == 0 ? Name(type) : prefix + "." + Name(type);
    }

    /// <summary>The name with its own type parameters, without namespace and enclosing types.</summary>
    public static string Name(TypeReference type)
    {
        if (AnonymousType.Is(type))
            return AnonymousType.NameOf(type);
        if (ArityOf(type.Name) == 0)
            return Plain(type).TrimStart('$');
        // A nested type repeats the parameters of the types around it.
        var inherited = type.DeclaringType?.GenericParameters.Count ?? 0;
        var own = type is TypeDefinition
            ? type.GenericParameters.Skip(inherited)
            : []; // A reference does not tell what its parameters are called.
        return Plain(type) + Parameters(own);
    }

    /// <summary>Type parameters as they stand behind a name; nothing if there are none.</summary>
    public static string Parameters(IEnumerable<GenericParameter> parameters) =>
        string.Join(",", parameters.Select(parameter => parameter.Name)) is { Length: > 0 } names ? $"<{names}>" : "";

    /// <summary>A type as it stands in a list of parameters: keywords for the built-in ones, no namespaces.</summary>
    public static string InSignature(TypeReference type) => type switch
    {
        ByReferenceType reference => "ref " + InSignature(reference.ElementType),
        PointerType pointer => InSignature(pointer.ElementType) + "*",
        ArrayType array => $"{InSignature(array.ElementType)}[{new string(',', array.Rank - 1)}]",
        IModifierType modified => InSignature(modified.ElementType),
        GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable =>
            InSignature(nullable.GenericArguments[0]) + "?",
        FunctionPointerType pointer => "delegate*" + ArgumentsOf(
            [.. pointer.Parameters.Select(parameter => parameter.ParameterType), pointer.ReturnType]),
        _ when AnonymousType.Is(type.GetElementType()) => "<anonymous type>",
        GenericInstanceType instance => Plain(instance.ElementType) + ArgumentsOf(OwnArgumentsOf(instance)),
        GenericParameter parameter when parameter.Name[0] == '!' => NameOf(parameter),
        _ => Keywords.TryGetValue(type.FullName, out var keyword) ? keyword : Plain(type),
    };

    static string ArgumentsOf(IReadOnlyCollection<TypeReference> types) =>
        types.Count == 0 ? "" : $"<{string.Join(",", types.Select(InSignature))}>";

    // A nested type repeats the arguments of the types around it.
    static IReadOnlyCollection<TypeReference> OwnArgumentsOf(GenericInstanceType instance) =>
        [.. instance.GenericArguments.Skip(instance.GenericArguments.Count - ArityOf(instance.ElementType.Name))];

    // A reference does not tell what a parameter is called.
    static string NameOf(GenericParameter parameter) =>
        parameter.Owner.GenericParameters.Count == 1 ? "T" : $"T{parameter.Position + 1}";

    static int ArityOf(string name) =>
        name.LastIndexOf('`') is >= 0 and var tick && int.TryParse(name.Substring(tick + 1), out var arity) ? arity : 0;

    // F# puts a line before the name of a union's case that has no fields.
    static string Plain(TypeReference type)
    {
        var name = CompilerName.WithoutFile(type.Name.LastIndexOf('`') is > 0 and var tick ? type.Name.Substring(0, tick) : type.Name);
        return name[0] == '_' && type is TypeDefinition { IsNested: true, BaseType: { } @base }
            && @base.GetElementType() == type.DeclaringType ? name.Substring(1) : name;
    }
}
