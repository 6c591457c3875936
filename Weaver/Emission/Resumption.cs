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

    Resumption(FieldReference entered, Plumbing plumbing)
    {
        Entered = entered;
        Plumbing = plumbing;
    }

    /// <summary>Whether the state machine was entered, as its own methods see the field.</summary>
    public FieldReference Entered { get; }

    /// <summary>What runs the state machine in its <c>MoveNext</c>.</summary>
    public Plumbing Plumbing { get; }

    /// <summary>Adds the field to <paramref name="machine"/>, whose bodies are as they were read.</summary>
    public static Resumption AddTo(TypeDefinition machine, StateMachines stateMachines)
    {
        var plumbing = Plumbing.In(machine, stateMachines);
        var field = new FieldDefinition(FieldName, FieldAttributes.Public, machine.Module.TypeSystem.Boolean);
        machine.Fields.Add(field);
        return new(new(FieldName, field.FieldType, SelfOf(machine)), plumbing);
    }

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
