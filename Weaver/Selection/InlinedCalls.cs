using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Decides which external methods the JIT compiles into their callers: at run time there is no call whose time could be
/// told, only a probe that costs more than it measures. A method is one of them if it is listed, or if all of it fits into
/// the caller: its body, and those of what it calls, are small and have no loop, no handler and no call that remains, but
/// of helpers that throw.
/// </summary>
/// <remarks>
/// The sizes are the JIT's (dotnet/runtime, src/coreclr/jit): a body of ALWAYS_INLINE_SIZE (inline.h, 16 bytes of IL) is always
/// inlined, one above DEFAULT_MAX_INLINE_SIZE (compiler.h, 100) only if it asks for it. In between an estimate decides
/// (DefaultPolicy in inlinepolicy.cpp), which likes small bodies without calls. A body with AggressiveInlining may be longer; but
/// what is long is worth a row. [Intrinsic] marks what the JIT knows by name (importercalls.cpp): a body that calls itself is
/// one that it always replaces, and a getter without a body one that reads a field; others it may replace or not.
/// </remarks>
sealed class InlinedCalls(Implementations implementations)
{
    const int LargestPlainBody = 48;
    const int LargestInCaller = 100;

    // Types all of whose members are one or a few instructions; a namespace ends in a dot.
    static readonly string[] Types =
    [
        "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.Intrinsics.",
        "System.Numerics.BitOperations",
        "System.Numerics.Vector",
        "System.Numerics.Vector`1",
        "System.Numerics.Vector2",
        "System.Numerics.Vector3",
        "System.Numerics.Vector4",
    ];

    // What the JIT replaces although no body shows it.
    static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["System.Object"] = ["GetType", "ReferenceEquals"],
        ["System.Type"] = ["GetTypeFromHandle", "op_Equality", "op_Inequality"],
        ["System.Array"] = ["get_Length"],
        ["System.String"] = ["get_Length", "get_Chars"],
        ["System.Math"] = ["Sqrt", "Abs", "Floor", "Ceiling", "Truncate", "Max", "Min"],
        ["System.MathF"] = ["Sqrt", "Abs", "Floor", "Ceiling", "Truncate", "Max", "Min"],
        ["System.Threading.Interlocked"] =
            ["Increment", "Decrement", "Add", "And", "Or", "Exchange", "CompareExchange", "Read", "MemoryBarrier"],
        ["System.Threading.Volatile"] = ["Read", "Write"],
        ["System.Collections.Generic.EqualityComparer`1"] = ["get_Default", "Equals", "GetHashCode"],
        ["System.Collections.Generic.Comparer`1"] = ["get_Default"],
        ["System.Runtime.CompilerServices.RuntimeHelpers"] = ["InitializeArray", "CreateSpan", "IsReferenceOrContainsReferences"],
    };

    // What bodies would show, for where there are none but those of reference assemblies.
    static readonly Dictionary<string, string[]> MembersWithoutBody = new(StringComparer.Ordinal)
    {
        ["System.Span`1"] = ["get_Length", "get_IsEmpty", "get_Item", "get_Empty", "Slice", "op_Implicit", "GetEnumerator", ".ctor"],
        ["System.Span`1/Enumerator"] = ["MoveNext", "get_Current"],
        ["System.ReadOnlySpan`1"] =
            ["get_Length", "get_IsEmpty", "get_Item", "get_Empty", "Slice", "op_Implicit", "GetEnumerator", ".ctor"],
        ["System.ReadOnlySpan`1/Enumerator"] = ["MoveNext", "get_Current"],
        ["System.MemoryExtensions"] = ["AsSpan"],
        ["System.Nullable`1"] = ["get_HasValue", "get_Value", "GetValueOrDefault", ".ctor", "op_Implicit", "op_Explicit"],
        ["System.Collections.Generic.List`1"] = ["get_Count", "get_Item", "set_Item"],
        ["System.Collections.Generic.List`1/Enumerator"] = ["get_Current", "Dispose"],
        ["System.Collections.Generic.Dictionary`2"] = ["get_Count"],
        ["System.Collections.Generic.KeyValuePair`2"] = ["get_Key", "get_Value", ".ctor"],
    };

    readonly Dictionary<MethodDefinition, bool> known = [];

    /// <summary>Whether calls of <paramref name="method"/> are none when the program runs.</summary>
    public bool Contains(MethodReference method)
    {
        if (IsListed(method))
            return true;
        try
        {
            if (implementations.Of(method) is not { } implementation)
                return Has(MembersWithoutBody, method);
            if (!known.TryGetValue(implementation, out var isInlined))
                known.Add(implementation, isInlined = IsInlined(implementation));
            return isInlined;
        }
        // An assembly can be missing or damaged in many ways: what cannot be looked at remains a call.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    bool IsInlined(MethodDefinition method) => !IsChosenAtRunTime(method) && !CreatesObject(method)
        && (IsReplacedGetter(method) || SizeInCaller(method, followsCalls: true) <= LargestInCaller);

    /// <summary>How much of the method there is in its caller, in bytes of IL; null if something of it remains a call.</summary>
    int? SizeInCaller(MethodDefinition method, bool followsCalls)
    {
        if (!method.HasBody || method.NoInlining || method.NoOptimization || method.Body.HasExceptionHandlers)
            return null;
        var body = method.Body;
        if (body.CodeSize > (method.AggressiveInlining || IsIntrinsic(method) ? LargestInCaller : LargestPlainBody))
            return null;
        var size = body.CodeSize;
        foreach (var instruction in body.Instructions)
        {
            if (instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj)
            {
                if (SizeOfCall(instruction, method, followsCalls) is not { } added)
                    return null;
                size += added;
            }
            else if (TakesLong(instruction))
            {
                return null;
            }
        }
        return size;
    }

    int? SizeOfCall(Instruction call, MethodDefinition caller, bool followsCalls)
    {
        var reference = (MethodReference)call.Operand;
        if (IsListed(reference))
            return 0;
        // throw new ArgumentException();
        if (call.OpCode.Code == Code.Newobj && call.Next?.OpCode.Code == Code.Throw)
            return 0;
        if (call.Previous?.OpCode.Code == Code.Constrained || implementations.Of(reference) is not { } called)
            return null;
        if (called == caller)
            return IsIntrinsic(called) ? 0 : null;
        if (call.OpCode.Code == Code.Callvirt && IsChosenAtRunTime(called) || CreatesObject(called))
            return null;
        return NeverReturns(called) || IsReplacedGetter(called) ? 0
            : followsCalls || IsIntrinsic(called) ? SizeInCaller(called, followsCalls: false)
            : null;
    }

    // A loop, or what the JIT makes a call of.
    static bool TakesLong(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Switch or Code.Newarr or Code.Calli or Code.Jmp or Code.Localloc or Code.Ldftn or Code.Ldvirtftn or Code.Cpblk
            or Code.Initblk => true,
        // Of a type argument: a question whether it is null, which costs nothing.
        Code.Box => instruction.Operand is not GenericParameter,
        _ => instruction.Operand is Instruction target && target.Offset <= instruction.Offset,
    };

    // "new" allocates, and the base constructor is the beginning of that.
    static bool CreatesObject(MethodDefinition method) => method.IsConstructor && !method.DeclaringType.IsValueType;

    static bool IsChosenAtRunTime(MethodDefinition method) =>
        method.IsVirtual && !method.IsFinal && !method.DeclaringType.IsSealed;

    static bool IsReplacedGetter(MethodDefinition method) => !method.HasBody && method.IsGetter && IsIntrinsic(method);

    static bool NeverReturns(MethodDefinition method)
    {
        if (!method.HasBody)
            return false;
        foreach (var instruction in method.Body.Instructions)
        {
            if (instruction.OpCode.Code is Code.Ret or Code.Jmp)
                return false;
        }
        return true;
    }

    static bool IsIntrinsic(MethodDefinition method) => method.HasCustomAttributes && method.CustomAttributes.Any(attribute =>
        attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IntrinsicAttribute");

    static bool IsListed(MethodReference method)
    {
        var type = method.DeclaringType.GetElementType().FullName;
        foreach (var name in Types)
        {
            if (name == type || name[name.Length - 1] == '.' && type.StartsWith(name, StringComparison.Ordinal))
                return true;
        }
        return Has(Members, method);
    }

    static bool Has(Dictionary<string, string[]> members, MethodReference method) =>
        members.TryGetValue(method.DeclaringType.GetElementType().FullName, out var names) && names.Contains(method.Name);
}
