using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Lets every branch of an edited body reach its target again: what was inserted may have moved the target of a
/// short branch, whose distance is a signed byte, out of reach.</summary>
static class BranchReach
{
    const int SizeOfShortBranch = 2;

    // Br, Brfalse, ..., Blt_Un follow each other in the same order as their short forms.
    static readonly OpCode[] LongForms =
    [
        OpCodes.Br, OpCodes.Brfalse, OpCodes.Brtrue, OpCodes.Beq, OpCodes.Bge, OpCodes.Bgt, OpCodes.Ble, OpCodes.Blt,
        OpCodes.Bne_Un, OpCodes.Bge_Un, OpCodes.Bgt_Un, OpCodes.Ble_Un, OpCodes.Blt_Un,
    ];

    /// <summary>Makes short branches of <paramref name="body"/> long where they have to be.</summary>
    public static void Restore(MethodBody body)
    {
        // A branch that becomes long may move the target of another one out of reach.
        while (SetOffsets(body) > sbyte.MaxValue && Lengthen(body))
        {
        }
    }

    static int SetOffsets(MethodBody body)
    {
        var offset = 0;
        foreach (var instruction in body.Instructions)
        {
            instruction.Offset = offset;
            offset += instruction.GetSize();
        }
        return offset;
    }

    static bool Lengthen(MethodBody body)
    {
        var changes = false;
        foreach (var instruction in body.Instructions)
        {
            var opCode = instruction.OpCode;
            if (opCode.OperandType != OperandType.ShortInlineBrTarget)
                continue;
            var distance = ((Instruction)instruction.Operand).Offset - (instruction.Offset + SizeOfShortBranch);
            if (distance is >= sbyte.MinValue and <= sbyte.MaxValue)
                continue;
            instruction.OpCode = opCode.Code == Code.Leave_S ? OpCodes.Leave : LongForms[opCode.Code - Code.Br_S];
            changes = true;
        }
        return changes;
    }
}
