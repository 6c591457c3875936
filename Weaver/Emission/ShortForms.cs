using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>The shortest instructions that do what is inserted into bodies.</summary>
static class ShortForms
{
    /// <summary>Puts a constant on the stack.</summary>
    public static Instruction Constant(int value) => value switch
    {
        0 => Instruction.Create(OpCodes.Ldc_I4_0),
        1 => Instruction.Create(OpCodes.Ldc_I4_1),
        2 => Instruction.Create(OpCodes.Ldc_I4_2),
        3 => Instruction.Create(OpCodes.Ldc_I4_3),
        4 => Instruction.Create(OpCodes.Ldc_I4_4),
        5 => Instruction.Create(OpCodes.Ldc_I4_5),
        6 => Instruction.Create(OpCodes.Ldc_I4_6),
        7 => Instruction.Create(OpCodes.Ldc_I4_7),
        8 => Instruction.Create(OpCodes.Ldc_I4_8),
        >= sbyte.MinValue and <= sbyte.MaxValue => Instruction.Create(OpCodes.Ldc_I4_S, (sbyte)value),
        _ => Instruction.Create(OpCodes.Ldc_I4, value),
    };

    /// <summary>Puts a variable of the body on the stack.</summary>
    public static Instruction Load(VariableDefinition variable) => variable.Index switch
    {
        0 => Instruction.Create(OpCodes.Ldloc_0),
        1 => Instruction.Create(OpCodes.Ldloc_1),
        2 => Instruction.Create(OpCodes.Ldloc_2),
        3 => Instruction.Create(OpCodes.Ldloc_3),
        <= byte.MaxValue => Instruction.Create(OpCodes.Ldloc_S, variable),
        _ => Instruction.Create(OpCodes.Ldloc, variable),
    };

    /// <summary>Takes what is on the stack into a variable of the body.</summary>
    public static Instruction Store(VariableDefinition variable) => variable.Index switch
    {
        0 => Instruction.Create(OpCodes.Stloc_0),
        1 => Instruction.Create(OpCodes.Stloc_1),
        2 => Instruction.Create(OpCodes.Stloc_2),
        3 => Instruction.Create(OpCodes.Stloc_3),
        <= byte.MaxValue => Instruction.Create(OpCodes.Stloc_S, variable),
        _ => Instruction.Create(OpCodes.Stloc, variable),
    };

    /// <summary>Puts the address of a variable of the body on the stack.</summary>
    public static Instruction Address(VariableDefinition variable) =>
        Instruction.Create(variable.Index <= byte.MaxValue ? OpCodes.Ldloca_S : OpCodes.Ldloca, variable);

    /// <summary>Makes <paramref name="instruction"/> do what <paramref name="other"/> does: what branches to it goes on
    /// branching to it.</summary>
    public static void Become(this Instruction instruction, Instruction other) =>
        (instruction.OpCode, instruction.Operand) = (other.OpCode, other.Operand);
}
