using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>
/// Finds each instruction of a method in its woven body. What is left over there must have one of the few shapes that
/// the weaver inserts.
/// </summary>
sealed class BodyAlignment
{
    readonly MethodBody original;
    readonly MethodBody woven;
    readonly int firstNewLocal;
    readonly Dictionary<Instruction, Instruction> map = [];
    readonly HashSet<Instruction> kept = [];
    int position;

    public BodyAlignment(MethodBody original, MethodBody woven)
    {
        this.original = original;
        this.woven = woven;
        firstNewLocal = original.Variables.Count;
        foreach (var instruction in original.Instructions)
        {
            while (SkipInserted())
            {
            }
            Match(instruction);
        }
        Epilogue = Next;
        while (SkipInserted())
        {
        }
        SkipEnd();
        if (position < woven.Instructions.Count)
            throw Mismatch(null);
    }

    /// <summary>Where what was appended begins; null if nothing was.</summary>
    public Instruction? Epilogue { get; }

    /// <summary>Where an instruction of the original is now.</summary>
    public Instruction this[Instruction instruction] => map[instruction];

    /// <summary>Where a place of the original is now: an instruction, or the end of the body.</summary>
    public Instruction? Place(Instruction? instruction) => instruction is null ? null : map[instruction];

    /// <summary>The first instruction at or after <paramref name="instruction"/> that the original has too; null at the
    /// end.</summary>
    public Instruction? Forward(Instruction? instruction)
    {
        while (instruction is not null && !kept.Contains(instruction))
            instruction = instruction.Next;
        return instruction;
    }

    Instruction? Next => At(0);

    Instruction? At(int ahead) =>
        position + ahead < woven.Instructions.Count ? woven.Instructions[position + ahead] : null;

    void Match(Instruction instruction)
    {
        var candidate = Next ?? throw Mismatch(instruction);
        map.Add(instruction, candidate);
        kept.Add(candidate);
        if (instruction.OpCode != OpCodes.Ret)
        {
            if (candidate.OpCode != instruction.OpCode || Operand(candidate) != Operand(instruction))
                throw Mismatch(instruction);
            position++;
        }
        else if (candidate.OpCode == OpCodes.Leave || candidate.OpCode == OpCodes.Ret)
        {
            position++;
        }
        else if (IsNewLocal(candidate, OpCodes.Stloc) && At(1)?.OpCode == OpCodes.Leave)
        {
            position += 2;
        }
        else if (Matches(OpCodes.Dup, OpCodes.Isinst, OpCodes.Stloc, OpCodes.Ldloc, OpCodes.Brfalse, OpCodes.Ldloc,
            OpCodes.Ldc_I4, OpCodes.Stfld, OpCodes.Ret)
            || Matches(OpCodes.Dup, OpCodes.Isinst, OpCodes.Stloc, OpCodes.Ldloc, OpCodes.Brfalse, OpCodes.Ldloc,
                OpCodes.Ldflda, OpCodes.Initobj, OpCodes.Ret))
        {
            position += 9;
        }
        else
        {
            throw Mismatch(instruction);
        }
    }

    // id … call Recorder.Enter; stloc token     or     ldloc token; call Recorder.Exit; [ldc 0; conv.i; stloc token]
    // or     ldloc token; ldarg 0; ldflda activation; call Recorder.Complete; [ldc 0; conv.i; stloc token]
    bool SkipInserted()
    {
        if (Next is { Operand: FieldReference { Name: "FirstId", DeclaringType.Name: "<ProfilerWeaver>" } })
        {
            while (!IsRecorderCall(Next, "Enter", "EnterExternal", "EnterAsync"))
            {
                if (Next is null)
                    throw Mismatch(null);
                position++;
            }
            position += 2;
            return true;
        }
        if (!IsNewLocal(Next, OpCodes.Ldloc))
            return false;
        if (IsRecorderCall(At(1), "Exit", "Suspend", "Catch"))
            position += 2;
        else if (At(1)?.OpCode == OpCodes.Ldarg && At(2)?.OpCode == OpCodes.Ldflda && IsRecorderCall(At(3), "Complete"))
            position += 4;
        else
            return false;
        if (Matches(OpCodes.Ldc_I4, OpCodes.Conv_I, OpCodes.Stloc) && IsNewLocal(At(2), OpCodes.Stloc))
            position += 3;
        return true;
    }

    // ldloca token; volatile.; ldind.i; call Recorder.Exit; endfinally; [ldloc result]; [ret]
    void SkipEnd()
    {
        if (!Matches(OpCodes.Ldloca, OpCodes.Volatile, OpCodes.Ldind_I, OpCodes.Call, OpCodes.Endfinally))
            return;
        position += 5;
        if (IsNewLocal(Next, OpCodes.Ldloc))
            position++;
        if (Next?.OpCode == OpCodes.Ret)
            position++;
    }

    bool Matches(params OpCode[] codes) => codes.Index().All(code => At(code.Index)?.OpCode == code.Item);

    bool IsNewLocal(Instruction? instruction, OpCode code) =>
        instruction?.OpCode == code && ((VariableReference)instruction.Operand).Index >= firstNewLocal;

    static bool IsRecorderCall(Instruction? instruction, params string[] names) =>
        instruction?.Operand is MethodReference { DeclaringType.FullName: "ProfilerWeaver.Recorder" } called
        && names.Contains(called.Name);

    static string Operand(Instruction instruction) => instruction.Operand switch
    {
        Instruction or Instruction[] => "",
        VariableDefinition variable => $"{variable.Index} {variable.VariableType.FullName}",
        ParameterDefinition parameter => $"{parameter.Index}",
        IMetadataTokenProvider member => member.ToString()!,
        var other => $"{other}",
    };

    InvalidOperationException Mismatch(Instruction? instruction) => new(
        $"{woven.Method.FullName}: {instruction?.ToString() ?? "the end"} became {Next?.ToString() ?? "the end"} in\n" +
        string.Join('\n', woven.Instructions) + "\nand was\n" + string.Join('\n', original.Instructions));
}
