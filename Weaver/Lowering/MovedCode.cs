using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Code that the F# and Visual Basic compilers moved out of the method in which the user wrote it, under a name that
/// does not tell where that was: F#'s <c>add@31-1</c>, a type or a method, and VB's <c>_Lambda$__0-1</c>. Who refers to
/// it tells.
/// </summary>
sealed class MovedCode
{
    readonly StateMachines stateMachines;
    readonly Dictionary<IMemberDefinition, MethodDefinition> methodAround = [];
    // VB moves methods only.
    readonly bool hasTypes;

    public MovedCode(IReadOnlyCollection<TypeDefinition> types, StateMachines stateMachines)
    {
        this.stateMachines = stateMachines;
        var queue = new Queue<MethodDefinition>();
        var movedMethods = new Dictionary<IMemberDefinition, List<MethodDefinition>>();
        foreach (var method in types.SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            if (UnitOf(method) is not { } unit)
                queue.Enqueue(method);
            else if (movedMethods.TryGetValue(unit, out var ofUnit))
                ofUnit.Add(method);
            else
                movedMethods.Add(unit, [method]);
        }
        hasTypes = movedMethods.Keys.Any(unit => unit is TypeDefinition);
        // Methods are moved within a type and those nested in it.
        var typesAround = new HashSet<TypeDefinition?>(movedMethods.Keys.Select(unit => Outermost(unit.DeclaringType)));
        while (movedMethods.Count > 0 && queue.Count > 0)
        {
            var method = queue.Dequeue();
            if (!hasTypes && !typesAround.Contains(Outermost(method.DeclaringType)))
                continue;
            foreach (var unit in UnitsIn(method.Body))
            {
                if (methodAround.ContainsKey(unit))
                    continue;
                methodAround.Add(unit, method);
                if (!movedMethods.TryGetValue(unit, out var moved))
                    continue;
                foreach (var inner in moved)
                    queue.Enqueue(inner);
            }
        }
    }

    /// <summary>The method of the user's that the code was written in; <paramref name="method"/> itself if it was not
    /// moved.</summary>
    public MethodDefinition UserMethodOf(MethodDefinition method) =>
        MethodAround(method) is { } around ? UserMethodOf(stateMachines.UserMethodOf(around)) : method;

    /// <summary>The name that the user gave to the moved code, such as that of a local function; empty if it has none,
    /// because it is a lambda; null if the method was not moved.</summary>
    public string? NameOf(MethodDefinition method)
    {
        if (MethodAround(method) is not { } around)
            return null;
        var whole = UnitOf(method)!;
        for (; UnitOf(around) is { } part && FSharpName.IsNextPart(whole.Name, part.Name); around = MethodAround(around)!)
            whole = part;
        var name = FSharpName.Written(whole.Name);
        // A lambda bears the name of what is around it, and in Debug also that of a step of a pipeline.
        for (var outer = stateMachines.UserMethodOf(around); ; outer = stateMachines.UserMethodOf(around))
        {
            if (UnitOf(outer) is { } unit ? name == FSharpName.Written(unit.Name) : IsNameOf(outer, name))
                return "";
            if (MethodAround(outer) is not { } next)
                return ValueAround(method)?.Name is { } value && name == FSharpName.InTypeName(value) ? "" : name;
            around = next;
        }
    }

    /// <summary>The value of an F# module in which the code was written; null if that was a method. Values are made by the
    /// initializer of the file.</summary>
    public PropertyDefinition? ValueAround(MethodDefinition method)
    {
        if (UnitOf(method) is not { } unit || !methodAround.TryGetValue(unit, out var around))
            return null;
        around = stateMachines.UserMethodOf(around);
        if (UnitOf(around) is not null)
            return ValueAround(around);
        return around is { IsStatic: true, IsConstructor: true } && unit.DeclaringType is { HasProperties: true } type
            ? type.Properties.FirstOrDefault(property => FSharpName.InTypeName(property.Name) == FSharpName.Written(unit.Name))
            : null;
    }

    /// <summary>Whether the method takes some of the arguments of a closure and makes the next part of it, which takes the
    /// others and has the code.</summary>
    public static bool IsFirstPart(MethodDefinition method) =>
        method.Name is "Invoke" or "Specialize" && FSharpName.Is(method.DeclaringType.Name)
        && method.Body.Instructions.Any(instruction => instruction.OpCode.Code == Code.Newobj
            && ((MethodReference)instruction.Operand).DeclaringType.GetElementType() is TypeDefinition next
            && FSharpName.IsNextPart(next.Name, method.DeclaringType.Name));

    static bool IsNameOf(MethodDefinition method, string name) =>
        MemberName.Simple(method) is var simple
        && (name == simple || name == FSharpName.InTypeName(simple) || name == FSharpName.InTypeName(method.Name));

    MethodDefinition? MethodAround(MethodDefinition method) =>
        UnitOf(method) is { } unit && methodAround.TryGetValue(unit, out var around) ? around : null;

    // What was moved as a whole: F# makes a type of a closure, a method of a local function that captures nothing; VB
    // makes methods. Null for what stands where the user wrote it.
    IMemberDefinition? UnitOf(MethodDefinition method)
    {
        method = stateMachines.UserMethodOf(method);
        return UnitOf(method.DeclaringType) is { } type ? type : IsMovedMethod(method) ? method : null;
    }

    static TypeDefinition? Outermost(TypeDefinition? type)
    {
        while (type?.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    static TypeDefinition? UnitOf(TypeDefinition type) => FSharpName.Is(type.Name) ? type : null;

    static bool IsMovedMethod(MethodReference method) =>
        FSharpName.Is(method.Name) || CompilerName.Parse(method.Name) is
        { Kind: CompilerNameKind.Lambda or CompilerNameKind.Relaxation, Outer: "" };

    IEnumerable<IMemberDefinition> UnitsIn(MethodBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            var refers = instruction.OpCode.OperandType switch
            {
                OperandType.InlineMethod or OperandType.InlineTok => true,
                OperandType.InlineField or OperandType.InlineType => hasTypes,
                _ => false,
            };
            if (refers && UnitReferredToBy((MemberReference)instruction.Operand) is { } unit)
                yield return unit;
        }
        if (!hasTypes)
            yield break;
        foreach (var variable in body.Variables)
        {
            if (UnitReferredToBy(variable.VariableType) is { } unit)
                yield return unit;
        }
    }

    IMemberDefinition? UnitReferredToBy(MemberReference reference)
    {
        var movedMethod = reference is MethodReference method && IsMovedMethod(method) ? method : null;
        if (movedMethod is null && !hasTypes)
            return null;
        var type = reference as TypeReference ?? reference.DeclaringType;
        if (type?.GetElementType() is not TypeDefinition definition)
            return null;
        if (UnitOf(definition) is { } unit)
            return unit;
        return movedMethod is null ? null : MemberIndex.Of(definition).MethodNamed(movedMethod.Name);
    }
}
