using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Ends of a <c>finally</c> that are in none: they never run, and stand where obfuscators put them. The JIT compiler does not look at
/// them in a body without handlers, and refuses them in one that has any.</summary>
static class StrayEnds
{
    /// <summary>Makes each an instruction that may stand anywhere.</summary>
    public static void Replace(MethodBody body)
    {
        if (!body.Instructions.Any(IsEnd))
            return;
        var changes = ChangesOfDepth(body);
        var depth = 0;
        foreach (var instruction in body.Instructions)
        {
            if (changes.TryGetValue(instruction, out var change))
                depth += change;
            if (depth == 0 && IsEnd(instruction))
                instruction.OpCode = OpCodes.Throw;
        }
    }

    static bool IsEnd(Instruction instruction) => instruction.OpCode.Code == Code.Endfinally;

    static Dictionary<Instruction, int> ChangesOfDepth(MethodBody body)
    {
        var changes = new Dictionary<Instruction, int>();
        foreach (var region in body.ExceptionHandlers)
        {
            // A filter is in front of its handler.
            Change(region.FilterStart ?? region.HandlerStart, 1);
            if (region.HandlerEnd is { } end)
                Change(end, -1);
        }
        return changes;

        void Change(Instruction at, int by) => changes[at] = changes.TryGetValue(at, out var before) ? before + by : by;
    }
}
