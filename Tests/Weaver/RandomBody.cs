using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Tests.Weaver;

/// <summary>
/// Writes a body of random blocks that jump to each other, in short forms, most of it about as long as a short branch
/// reaches. It works on the only item of an array, which tells afterwards which way was taken.
/// </summary>
sealed class RandomBody
{
    // Enough for several rounds through the blocks.
    const int Fuel = 40;

    // Where an index no longer fits into an instruction, or into a byte.
    static readonly int[] NumbersOfVariables = [0, 1, 2, 3, 4, 252, 253, 254, 255, 256, 257, 300];

    static readonly OpCode[] Comparisons =
    [
        OpCodes.Beq, OpCodes.Bge, OpCodes.Bgt, OpCodes.Ble, OpCodes.Blt,
        OpCodes.Bne_Un, OpCodes.Bge_Un, OpCodes.Bgt_Un, OpCodes.Ble_Un, OpCodes.Blt_Un,
    ];

    readonly Random random;
    readonly MethodDefinition method;
    readonly MethodReference external;
    readonly MethodDefinition? tailCalled;
    readonly ILProcessor il;
    readonly VariableDefinition fuel;
    readonly Instruction[] blocks;

    RandomBody(Random random, MethodDefinition method, MethodReference external, MethodDefinition? tailCalled)
    {
        this.random = random;
        this.method = method;
        this.external = external;
        this.tailCalled = tailCalled;
        il = method.Body.GetILProcessor();
        var integer = method.Module.TypeSystem.Int32;
        for (var i = NumbersOfVariables[random.Next(NumbersOfVariables.Length)]; i > 0; i--)
            method.Body.Variables.Add(new(integer));
        method.Body.Variables.Add(fuel = new(integer));
        method.Body.InitLocals = true;
        blocks = [.. Enumerable.Range(0, random.Next(3, 12)).Select(_ => il.Create(OpCodes.Nop))];
    }

    /// <summary>Writes the body of <paramref name="method"/>, which takes an array.</summary>
    /// <param name="random">Makes the choices.</param>
    /// <param name="method">A static method with an array of integers as its parameter, and an integer or nothing as its
    /// result.</param>
    /// <param name="external">A method of another assembly that makes an integer of an integer.</param>
    /// <param name="tailCalled">What it may end with a tail call of: it has the same signature.</param>
    public static void Write(Random random, MethodDefinition method, MethodReference external, MethodDefinition? tailCalled) =>
        new RandomBody(random, method, external, tailCalled).Write();

    void Write()
    {
        il.Emit(OpCodes.Ldc_I4, Fuel);
        il.Emit(OpCodes.Stloc, fuel);
        for (var i = 0; i < blocks.Length; i++)
            WriteBlock(i);
        Return();
        method.Body.OptimizeMacros();
    }

    // item = item * 31 + number; if (--fuel < 0) return; and then, mostly, a jump.
    void WriteBlock(int number)
    {
        il.Append(blocks[number]);
        Change(() =>
        {
            il.Emit(OpCodes.Ldc_I4, 31);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Ldc_I4, number);
            il.Emit(OpCodes.Add);
        });
        il.Emit(OpCodes.Ldloc, fuel);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Stloc, fuel);
        il.Emit(OpCodes.Ldc_I4_0);
        var rest = il.Create(OpCodes.Nop);
        il.Emit(OpCodes.Bge, rest);
        Return();
        il.Append(rest);
        Pad();
        if (random.Next(3) == 0)
            Change(() => il.Emit(OpCodes.Call, external));
        switch (random.Next(8))
        {
            case 0:
                Bits(7);
                il.Emit(OpCodes.Switch, [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => AnyBlock())]);
                break;
            case 1:
                Bits(1);
                il.Emit(random.Next(2) == 0 ? OpCodes.Brtrue : OpCodes.Brfalse, AnyBlock());
                break;
            case 2:
                il.Emit(OpCodes.Br, AnyBlock());
                break;
            case 3:
                TryAndCatch();
                break;
            default:
                Bits(3);
                il.Emit(OpCodes.Ldc_I4, random.Next(4));
                il.Emit(Comparisons[random.Next(Comparisons.Length)], AnyBlock());
                break;
        }
    }

    // try { if (bit) throw null; leave a; } catch { leave b; }
    void TryAndCatch()
    {
        var start = il.Create(OpCodes.Nop);
        il.Append(start);
        Pad();
        Bits(1);
        var leave = il.Create(OpCodes.Leave, AnyBlock());
        il.Emit(OpCodes.Brtrue, leave);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
        il.Append(leave);
        var handler = il.Create(OpCodes.Pop);
        il.Append(handler);
        Pad();
        il.Emit(OpCodes.Leave, AnyBlock());
        var end = il.Create(OpCodes.Nop);
        il.Append(end);
        method.Body.ExceptionHandlers.Add(new(ExceptionHandlerType.Catch)
        {
            CatchType = method.Module.TypeSystem.Object,
            TryStart = start,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
        });
    }

    void Return()
    {
        if (tailCalled is not null && random.Next(3) == 0)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Tail);
            il.Emit(OpCodes.Call, tailCalled);
        }
        else if (method.ReturnType.MetadataType != MetadataType.Void)
        {
            LoadItem();
        }
        il.Emit(OpCodes.Ret);
    }

    void Change(Action compute)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        LoadItem();
        compute();
        il.Emit(OpCodes.Stelem_I4);
    }

    void Bits(int mask)
    {
        LoadItem();
        il.Emit(OpCodes.Ldc_I4, mask);
        il.Emit(OpCodes.And);
    }

    void LoadItem()
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldelem_I4);
    }

    void Pad()
    {
        for (var i = random.Next(25); i > 0; i--)
            il.Emit(OpCodes.Nop);
    }

    Instruction AnyBlock() => blocks[random.Next(blocks.Length)];
}
