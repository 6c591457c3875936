using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// What is added to a state machine so that its first entry, a call, is told from a later one, a resume: a field that
/// says whether it was entered, and in an async one also where. How a compiler numbers its states is not looked at.
/// </summary>
sealed class Resumption
{
    const string EnteredName = "<>entered";
    const string ActivationName = "<>activation";

    Resumption(FieldReference field, bool isAsync, Plumbing plumbing)
    {
        Field = field;
        IsAsync = isAsync;
        Plumbing = plumbing;
    }

    /// <summary>Whether the state machine was entered, or where (<c>AsyncActivation</c>), as its own methods see the field.</summary>
    public FieldReference Field { get; }

    /// <summary>Whether it is that of an async method or async iterator.</summary>
    public bool IsAsync { get; }

    /// <summary>What the resumes are in the method table.</summary>
    public EntryKind Kind => IsAsync ? EntryKind.AsyncResume : EntryKind.Resume;

    /// <summary>What runs the state machine in its <c>MoveNext</c>.</summary>
    public Plumbing Plumbing { get; }

    /// <summary>Adds the field to <paramref name="machine"/>, whose bodies are as they were read.</summary>
    public static Resumption AddTo(TypeDefinition machine, StateMachines stateMachines, RecorderReferences recorder)
    {
        var plumbing = Plumbing.In(machine, stateMachines);
        var isAsync = StateMachines.IsAsync(machine);
        var field = new FieldDefinition(isAsync ? ActivationName : EnteredName, FieldAttributes.Public,
            isAsync ? recorder.Activation : machine.Module.TypeSystem.Boolean);
        machine.Fields.Add(field);
        return new(new(field.Name, field.FieldType, SelfOf(machine)), isAsync, plumbing);
    }

    /// <summary>
    /// Makes the enumerators that <paramref name="method"/> hands out begin anew: C# hands out the same object again
    /// once an enumeration is over.
    /// <code>if (result is StateMachine machine) machine.entered = false; return result;</code>
    /// For an async one, <c>machine.activation = default</c>.
    /// </summary>
    public void ResetIn(MethodDefinition method)
    {
        var body = method.Body;
        var machine = new VariableDefinition(Field.DeclaringType);
        body.Variables.Add(machine);
        var insertions = new Insertions(body);
        foreach (var @return in body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret))
        {
            @return.OpCode = OpCodes.Dup;
            var end = Instruction.Create(OpCodes.Ret);
            Instruction[] reset = IsAsync
                ? [Instruction.Create(OpCodes.Ldflda, Field), Instruction.Create(OpCodes.Initobj, Field.FieldType)]
                : [Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Stfld, Field)];
            insertions.After(@return, [Instruction.Create(OpCodes.Isinst, Field.DeclaringType), ShortForms.Store(machine),
                ShortForms.Load(machine), Instruction.Create(OpCodes.Brfalse_S, end), ShortForms.Load(machine), .. reset, end]);
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
