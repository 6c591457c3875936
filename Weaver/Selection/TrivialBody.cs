using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Tells bodies that take next to no time: accessors, constants, what only hands on. A probe costs several times as
/// much, and keeps the JIT from inlining them.</summary>
static class TrivialBody
{
    const int MostInstructions = 8;

    /// <summary>Whether the method's body has a few instructions that call nothing and do not loop.</summary>
    public static bool Is(MethodDefinition method)
    {
        if (method.Body.HasExceptionHandlers)
            return false;
        var count = 0;
        foreach (var instruction in method.Body.Instructions)
        {
            if (IsForDebugging(instruction))
                continue;
            if (++count > MostInstructions || Calls(instruction) || instruction.Operand is Instruction target && target.Offset <= instruction.Offset)
                return false;
        }
        return true;
    }

    // Without optimization compilers write nop, and branch to the one return at the end.
    static bool IsForDebugging(Instruction instruction) => instruction.OpCode.Code == Code.Nop
        || instruction.OpCode.Code is Code.Br or Code.Br_S && instruction.Operand == instruction.Next;

    static bool Calls(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Calli or Code.Callvirt or Code.Newobj or Code.Newarr or Code.Localloc => true,
        // Every constructor ends in the one of object, which does nothing.
        Code.Call => instruction.Operand is not MethodReference { Name: ".ctor", DeclaringType.FullName: "System.Object" },
        _ => false,
    };
}
