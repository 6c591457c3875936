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
        var instructions = new HashSet<Instruction>(body.Instructions);
        if (!body.Instructions.SelectMany(TargetsOf).Any(target => !instructions.Contains(target)))
            return true;

        var byOffset = body.Instructions.GroupBy(instruction => instruction.Offset).ToDictionary(group => group.Key, group => group.First());
        if (body.Instructions.SelectMany(TargetsOf).Any(target => !instructions.Contains(target) && !byOffset.ContainsKey(target.Offset)))
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

    static IEnumerable<Instruction> TargetsOf(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };
}
