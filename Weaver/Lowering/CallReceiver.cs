using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Finds the object that a call is made on, as far as straight code before the call tells it.</summary>
static class CallReceiver
{
    /// <summary>The name of the field of <paramref name="type"/> that <paramref name="call"/> is made on, or on a part of which:
    /// <c>data</c> in <c>this.data.builder.SetResult()</c>; null if there is none.</summary>
    public static string? FieldOf(TypeDefinition type, Instruction call)
    {
        if (call.OpCode.Code is not (Code.Call or Code.Callvirt) || call.Operand is not MethodReference { HasThis: true } called)
            return null;
        var source = SourceOf(call, called.Parameters.Count);
        while (source is { OpCode.Code: Code.Ldfld or Code.Ldflda, Operand: FieldReference field })
        {
            if (field.DeclaringType.GetElementType() == type)
                return field.Name;
            source = SourceOf(source, 0);
        }
        return null;
    }

    // The instruction that put a value on the stack, which at "user" has so many values above it.
    static Instruction? SourceOf(Instruction user, int above)
    {
        for (var instruction = user.Previous; instruction is not null; instruction = instruction.Previous)
        {
            if (instruction.OpCode.FlowControl is not (FlowControl.Next or FlowControl.Call or FlowControl.Meta))
                return null;
            var pushed = Pushed(instruction);
            if (above < pushed)
                return instruction;
            above += Popped(instruction) - pushed;
        }
        return null;
    }

    static int Pushed(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => ((IMethodSignature)instruction.Operand).ReturnType.MetadataType == MetadataType.Void ? 0 : 1,
        _ => 1,
    };

    static int Popped(Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Varpop => PoppedByCall(instruction),
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8
            or StackBehaviour.Popref_popi_popref => 3,
        _ => 2,
    };

    static int PoppedByCall(Instruction call)
    {
        var called = (IMethodSignature)call.Operand;
        var hasReceiver = called.HasThis && !called.ExplicitThis && call.OpCode.Code != Code.Newobj;
        return called.Parameters.Count + (hasReceiver ? 1 : 0) + (call.OpCode.Code == Code.Calli ? 1 : 0);
    }
}
