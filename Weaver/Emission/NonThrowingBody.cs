using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Tells bodies that no exception leaves: accessors of fields, constants, constructors that only assign. They need no finally to
/// be left, without which the JIT compiler makes them a part of their callers, as it does with what was not woven.</summary>
static class NonThrowingBody
{
    /// <summary>Whether the body is a straight line of instructions that cannot throw. An object that a method is called on is not null:
    /// compilers see to it, and where one has not, the next exit below closes the frame.</summary>
    public static bool Is(MethodBody body)
    {
        if (body.HasExceptionHandlers)
            return false;
        var stack = new Stack<bool>();
        foreach (var instruction in body.Instructions)
        {
            if (!TryStep(instruction, body.Method, stack))
                return false;
        }
        return true;
    }

    // The stack has for each value whether it is an object or an address that exists for sure.
    static bool TryStep(Instruction instruction, MethodDefinition method, Stack<bool> stack)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Nop or Code.Ret or Code.Volatile or Code.Readonly:
                return true;
            // Without optimization compilers branch to the one return at the end.
            case Code.Br or Code.Br_S:
                return instruction.Operand == instruction.Next;
            case Code.Ldarg_0:
                stack.Push(method.HasThis);
                return true;
            case Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 or Code.Ldarg or Code.Ldarg_S
                or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3 or Code.Ldloc or Code.Ldloc_S
                or Code.Ldnull or Code.Ldstr or Code.Ldtoken or Code.Sizeof
                or Code.Ldc_I4 or Code.Ldc_I4_S or Code.Ldc_I4_M1 or Code.Ldc_I4_0 or Code.Ldc_I4_1 or Code.Ldc_I4_2 or Code.Ldc_I4_3
                or Code.Ldc_I4_4 or Code.Ldc_I4_5 or Code.Ldc_I4_6 or Code.Ldc_I4_7 or Code.Ldc_I4_8 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8:
                stack.Push(false);
                return true;
            case Code.Ldarga or Code.Ldarga_S or Code.Ldloca or Code.Ldloca_S:
                stack.Push(true);
                return true;
            case Code.Dup:
                stack.Push(stack.Count > 0 && stack.Peek());
                return true;
            case Code.Pop or Code.Starg or Code.Starg_S
                or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 or Code.Stloc or Code.Stloc_S:
                Pop(stack);
                return true;
            case Code.Neg or Code.Not or Code.Isinst
                or Code.Conv_I or Code.Conv_I1 or Code.Conv_I2 or Code.Conv_I4 or Code.Conv_I8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un
                or Code.Conv_U or Code.Conv_U1 or Code.Conv_U2 or Code.Conv_U4 or Code.Conv_U8:
                Pop(stack);
                stack.Push(false);
                return true;
            case Code.Add or Code.Sub or Code.Mul or Code.And or Code.Or or Code.Xor or Code.Shl or Code.Shr or Code.Shr_Un
                or Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                Pop(stack);
                Pop(stack);
                stack.Push(false);
                return true;
            case Code.Ldfld:
                return Pop(stack) && Push(stack, false);
            case Code.Ldflda:
                return Pop(stack) && Push(stack, true);
            case Code.Ldobj:
                return Pop(stack) && Push(stack, false);
            case Code.Stfld:
                Pop(stack);
                return Pop(stack);
            case Code.Initobj:
                return Pop(stack);
            case Code.Ldsfld:
                return IsReady((FieldReference)instruction.Operand) && Push(stack, false);
            case Code.Stsfld:
                Pop(stack);
                return IsReady((FieldReference)instruction.Operand);
            case Code.Call:
                return TryCall((MethodReference)instruction.Operand, stack);
            default:
                return false;
        }
    }

    // Behind a return anything may stand, as it never runs; obfuscators put there what takes from an empty stack.
    static bool Pop(Stack<bool> stack) => stack.Count > 0 && stack.Pop();

    static bool Push(Stack<bool> stack, bool exists)
    {
        stack.Push(exists);
        return true;
    }

    // To use a field for the first time would run the constructor of its type.
    static bool IsReady(FieldReference field) =>
        field is FieldDefinition { DeclaringType: { HasGenericParameters: false } type } && !type.Methods.Any(method => method is { IsConstructor: true, IsStatic: true });

    static bool TryCall(MethodReference called, Stack<bool> stack)
    {
        switch (called.DeclaringType.FullName, called.Name)
        {
            // Every constructor ends in the one of object, which does nothing.
            case ("System.Object", ".ctor"):
                return Pop(stack);
            // The JIT compiler makes a constant of it: typeof.
            case ("System.Type", "GetTypeFromHandle"):
                return true;
            default:
                return false;
        }
    }
}
