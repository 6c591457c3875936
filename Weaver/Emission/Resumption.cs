using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// What is added to a state machine so that its first entry, a call, is told from a later one, a resume: a field that
/// says whether it was entered. How a compiler numbers its states is not looked at.
/// </summary>
sealed class Resumption
{
    const string FieldName = "<>entered";

    readonly HashSet<string> builders;

    Resumption(FieldReference entered, HashSet<string> builders)
    {
        Entered = entered;
        this.builders = builders;
    }

    /// <summary>Whether the state machine was entered, as its own methods see the field.</summary>
    public FieldReference Entered { get; }

    /// <summary>Adds the field to <paramref name="machine"/>.</summary>
    public static Resumption AddTo(TypeDefinition machine)
    {
        var field = new FieldDefinition(FieldName, FieldAttributes.Public, machine.Module.TypeSystem.Boolean);
        machine.Fields.Add(field);
        var builders = machine.Fields.SelectMany(WithParts).Where(IsBuilder).Select(builder => builder.FieldType.GetElementType().FullName);
        return new(new(FieldName, field.FieldType, SelfOf(machine)), [.. builders]);
    }

    /// <summary>Whether the instruction completes the async method, and so may run who awaits it.</summary>
    public bool Completes(Instruction instruction) =>
        instruction.Operand is MethodReference { Name: "SetResult" or "SetException" or "Complete", HasThis: true } called
        && IsPlumbing(called);

    /// <summary>Whether the method belongs to what runs the state machine: the compiler put the call in.</summary>
    public bool IsPlumbing(MethodReference called) => builders.Contains(called.DeclaringType.GetElementType().FullName);

    /// <summary>
    /// Makes the enumerators that <paramref name="method"/> hands out begin anew: C# hands out the same object again
    /// once an enumeration is over.
    /// <code>if (result is StateMachine machine) machine.entered = false; return result;</code>
    /// </summary>
    public void ResetIn(MethodDefinition method)
    {
        var body = method.Body;
        var il = body.GetILProcessor();
        var machine = new VariableDefinition(Entered.DeclaringType);
        body.Variables.Add(machine);
        foreach (var @return in body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret).ToList())
        {
            (@return.OpCode, @return.Operand) = (OpCodes.Dup, null);
            var end = il.Create(OpCodes.Ret);
            il.InsertAfter(@return, end);
            foreach (var instruction in new[]
            {
                il.Create(OpCodes.Isinst, Entered.DeclaringType), ShortForms.Store(machine),
                ShortForms.Load(machine), il.Create(OpCodes.Brfalse_S, end),
                ShortForms.Load(machine), il.Create(OpCodes.Ldc_I4_0), il.Create(OpCodes.Stfld, Entered),
            })
            {
                il.InsertBefore(end, instruction);
            }
        }
        BranchReach.Restore(body);
    }

    // The builder of an async method, of whatever type, can await; an async iterator also completes the promise that
    // its consumer awaits. Other fields may have a SetResult too: a TaskCompletionSource of the user's.
    static bool IsBuilder(FieldDefinition field)
    {
        var known = field.FieldType.GetElementType();
        if (known.FullName == "System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore`1")
            return true;
        // What the core library has need not be looked up, which would take reading it.
        if (known.Scope == field.Module.TypeSystem.CoreLibrary)
            return known.Namespace == "System.Runtime.CompilerServices" && known.Name.Contains("MethodBuilder");
        return TypeOf(field) is { } type && type.Methods.Any(method =>
            method.Name is "AwaitUnsafeOnCompleted" or "MoveNext" && method.HasGenericParameters);
    }

    // F# keeps the builder in a structure of its library.
    static IEnumerable<FieldDefinition> WithParts(FieldDefinition field) =>
        field.Name == "Data" && TypeOf(field) is { IsValueType: true } type ? [field, .. type.Fields] : [field];

    static TypeDefinition? TypeOf(FieldDefinition field)
    {
        try
        {
            return field.FieldType.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    static TypeReference SelfOf(TypeDefinition type)
    {
        if (!type.HasGenericParameters)
            return type;
        var self = new GenericInstanceType(type);
        foreach (var parameter in type.GenericParameters)
            self.GenericArguments.Add(parameter);
        return self;
    }
}
