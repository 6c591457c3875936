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

    readonly HashSet<Instruction> plumbing;

    Resumption(FieldReference entered, HashSet<Instruction> plumbing)
    {
        Entered = entered;
        this.plumbing = plumbing;
    }

    /// <summary>Whether the state machine was entered, as its own methods see the field.</summary>
    public FieldReference Entered { get; }

    /// <summary>Adds the field to <paramref name="machine"/>, whose bodies are as they were read.</summary>
    public static Resumption AddTo(TypeDefinition machine, StateMachines stateMachines)
    {
        var plumbing = PlumbingIn(machine, stateMachines);
        var field = new FieldDefinition(FieldName, FieldAttributes.Public, machine.Module.TypeSystem.Boolean);
        machine.Fields.Add(field);
        return new(new(FieldName, field.FieldType, SelfOf(machine)), plumbing);
    }

    /// <summary>Whether the instruction of <c>MoveNext</c> completes the async method, and so may run who awaits
    /// it.</summary>
    public bool Completes(Instruction instruction) => IsPlumbing(instruction)
        && ((MethodReference)instruction.Operand).Name is "SetResult" or "SetException" or "Complete";

    /// <summary>Whether the instruction of <c>MoveNext</c> calls what runs the state machine: the compiler put the call
    /// in.</summary>
    public bool IsPlumbing(Instruction instruction) => plumbing.Contains(instruction);

    /// <summary>
    /// Makes the enumerators that <paramref name="method"/> hands out begin anew: C# hands out the same object again
    /// once an enumeration is over.
    /// <code>if (result is StateMachine machine) machine.entered = false; return result;</code>
    /// </summary>
    public void ResetIn(MethodDefinition method)
    {
        var body = method.Body;
        var machine = new VariableDefinition(Entered.DeclaringType);
        body.Variables.Add(machine);
        var insertions = new Insertions(body);
        foreach (var @return in body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret))
        {
            @return.OpCode = OpCodes.Dup;
            var end = Instruction.Create(OpCodes.Ret);
            insertions.After(@return, Instruction.Create(OpCodes.Isinst, Entered.DeclaringType), ShortForms.Store(machine),
                ShortForms.Load(machine), Instruction.Create(OpCodes.Brfalse_S, end),
                ShortForms.Load(machine), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Stfld, Entered),
                end);
        }
        insertions.Apply();
        BranchReach.Restore(body);
    }

    // The builder of an async method, and the promise that the consumer of an async iterator awaits, are the fields that
    // the code around MoveNext calls methods on. What the user declared, be it of the same type, is used nowhere else.
    static HashSet<Instruction> PlumbingIn(TypeDefinition machine, StateMachines stateMachines)
    {
        // The methods around an iterator's are the user's finally blocks.
        if (!StateMachines.IsAsync(machine))
            return [];
        var around = machine.Methods.Where(method => !stateMachines.IsMoveNext(method));
        if (stateMachines.SourceOf(machine) is { } source)
            around = around.Append(source);
        var own = new HashSet<string>(around.SelectMany(CallsOnFields).Select(call => call.Field));
        return [.. machine.Methods.Where(stateMachines.IsMoveNext).SelectMany(CallsOnFields)
            .Where(call => own.Contains(call.Field)).Select(call => call.Call)];

        IEnumerable<(Instruction Call, string Field)> CallsOnFields(MethodDefinition method)
        {
            if (!method.HasBody)
                yield break;
            foreach (var instruction in method.Body.Instructions)
            {
                if (CallReceiver.FieldOf(machine, instruction) is { } field)
                    yield return (instruction, field);
            }
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
