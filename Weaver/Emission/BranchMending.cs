using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Makes every branch of a body point to an instruction of the body (<see cref="StrayTargets"/>).</summary>
static class BranchMending
{
    /// <summary>Mends <paramref name="body"/>, whose targets are all explained.</summary>
    public static void Mend(MethodBody body)
    {
        if (StrayTargets.In(body) is not { Count: > 0 } strays)
            return;
        foreach (var instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => InBody(target),
                Instruction[] targets => Array.ConvertAll(targets, InBody),
                var other => other,
            };
        }

        Instruction InBody(Instruction target) => strays.TryGetValue(target, out var meant) ? meant : target;
    }
}
