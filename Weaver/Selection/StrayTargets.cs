using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Branches that other weavers left pointing at copies of instructions: only the offset of such a target says where it
/// goes, and offsets mean nothing once instructions are inserted. (Costura's loader has them.)
/// </summary>
static class StrayTargets
{
    static readonly Dictionary<Instruction, Instruction> None = [];

    /// <summary>The targets of branches that are no instructions of the body, each with the one at its offset.</summary>
    /// <returns>Null if there is a target that no offset explains.</returns>
    public static IReadOnlyDictionary<Instruction, Instruction>? In(MethodBody body)
    {
        if (AllAreAtTheirOffsets(body))
            return None;
        var instructions = new HashSet<Instruction?>(body.Instructions);
        var targets = new HashSet<Instruction?>(body.Instructions.SelectMany(TargetsOf).Where(target => !instructions.Contains(target)));
        if (targets.Count == 0)
            return None;

        var byOffset = body.Instructions.GroupBy(instruction => instruction.Offset).ToDictionary(group => group.Key, group => group.First());
        var strays = new Dictionary<Instruction, Instruction>();
        foreach (var target in targets)
        {
            if (target is null || !byOffset.TryGetValue(target.Offset, out var meant))
                return null;
            strays.Add(target, meant);
        }
        return strays;
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
