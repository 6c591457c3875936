using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Mends branches that other weavers left pointing at copies of instructions: only the offset of such a target says where
/// it goes, and offsets mean nothing once instructions are inserted. (Costura's loader has them.)
/// </summary>
static class BranchTargets
{
    /// <summary>Makes every branch of the body point to an instruction of the body.</summary>
    /// <returns>False if there is a target that no offset explains; then the body is as it was.</returns>
    public static bool TryMend(MethodBody body)
    {
        if (AllAreAtTheirOffsets(body))
            return true;
        var instructions = new HashSet<Instruction?>(body.Instructions);
        if (!body.Instructions.SelectMany(TargetsOf).Any(target => !instructions.Contains(target)))
            return true;

        var byOffset = body.Instructions.GroupBy(instruction => instruction.Offset).ToDictionary(group => group.Key, group => group.First());
        if (body.Instructions.SelectMany(TargetsOf).Any(target => !instructions.Contains(target)
            && (target is null || !byOffset.ContainsKey(target.Offset))))
            return false;
        foreach (var instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => InBody(target),
                Instruction[] targets => Array.ConvertAll(targets, InBody),
                var other => other,
            };
        }
        return true;

        Instruction InBody(Instruction target) => instructions.Contains(target) ? target : byOffset[target.Offset];
    }

    // True of every body as it was read, and quick to find out.
    static bool AllAreAtTheirOffsets(MethodBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.OpCode.OperandType)
            {
                case OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget:
                    if (!IsAtItsOffset((Instruction?)instruction.Operand, body))
                        return false;
                    break;
                case OperandType.InlineSwitch:
                    foreach (var target in (Instruction?[])instruction.Operand)
                    {
                        if (!IsAtItsOffset(target, body))
                            return false;
                    }
                    break;
            }
        }
        return true;
    }

    static bool IsAtItsOffset(Instruction? target, MethodBody body)
    {
        if (target is null)
            return false;
        var low = 0;
        var high = body.Instructions.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (body.Instructions[middle].Offset < target.Offset)
                low = middle + 1;
            else
                high = middle;
        }
        return body.Instructions[low] == target;
    }

    // Null where Cecil found no instruction, behind the body or in the midst of one: obfuscators write such branches.
    static IEnumerable<Instruction?> TargetsOf(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => [(Instruction?)instruction.Operand],
        OperandType.InlineSwitch => (Instruction?[])instruction.Operand,
        _ => [],
    };
}
