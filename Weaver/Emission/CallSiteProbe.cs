using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Makes a method report its calls of methods outside the woven assemblies. The arguments are on the stack already and
/// stay there.
/// <code>
/// nint call = Recorder.EnterExternal(FirstId + index);
/// External(…);
/// Recorder.Exit(call);
/// </code>
/// There is no finally: when the external method throws, the next catch, finally or exit of the method closes the
/// call (<c>Recorder.Catch</c>, <c>Recorder.Exit</c>).
/// </summary>
sealed class CallSiteProbe
{
    readonly ExternalMethods externals;
    readonly FieldReference firstId;
    readonly RecorderReferences recorder;

    public CallSiteProbe(ExternalMethods externals, FieldReference firstId, RecorderReferences recorder)
    {
        this.externals = externals;
        this.firstId = firstId;
        this.recorder = recorder;
    }

    /// <summary>Probes the external calls of <paramref name="method"/>, whose own body is probed afterwards.</summary>
    /// <param name="method">A method with a body.</param>
    /// <param name="resumption">The state machine, if the method is the <c>MoveNext</c> of one.</param>
    /// <returns>Whether there was any call to probe.</returns>
    public bool Insert(MethodDefinition method, Resumption? resumption)
    {
        var body = method.Body;
        var calls = new List<(Instruction Call, int Index)>();
        foreach (var instruction in body.Instructions)
        {
            if (IndexOf(instruction, resumption) is { } index)
                calls.Add((instruction, index));
        }
        if (calls.Count == 0)
            return false;

        // Calls of one method do not overlap: the arguments of a call are evaluated before it begins.
        var token = new VariableDefinition(recorder.Token);
        body.Variables.Add(token);
        // Only now, and not before there is something to probe: short branches may no longer reach.
        body.SimplifyMacros();
        var il = body.GetILProcessor();
        foreach (var (call, index) in calls)
            Probe(il, call, index, token);
        return true;
    }

    int? IndexOf(Instruction instruction, Resumption? resumption)
    {
        if (instruction.OpCode != OpCodes.Call && instruction.OpCode != OpCodes.Callvirt && instruction.OpCode != OpCodes.Newobj)
            return null;
        // What the compiler put in to run the state machine is not the user's call.
        var called = (MethodReference)instruction.Operand;
        return resumption?.IsPlumbing(called) == true ? null : externals.IndexOf(called);
    }

    void Probe(ILProcessor il, Instruction call, int index, VariableDefinition token)
    {
        var first = call;
        while (first.Previous is { OpCode.OpCodeType: OpCodeType.Prefix } prefix)
            first = prefix;
        var isTailCall = IsTailCall(first, call);

        // In place: what branches to the call must enter it too.
        var moved = il.Create(OpCodes.Nop);
        (moved.OpCode, moved.Operand) = (first.OpCode, first.Operand);
        (first.OpCode, first.Operand) = (OpCodes.Ldsfld, firstId);
        if (first == call)
            call = moved;
        var last = first;
        Append(il.Create(OpCodes.Ldc_I4, index));
        Append(il.Create(OpCodes.Add));
        Append(il.Create(OpCodes.Call, recorder.EnterExternal));
        Append(il.Create(OpCodes.Stloc, token));
        if (isTailCall)
            AppendExit();
        Append(moved);
        if (!isTailCall)
        {
            last = call;
            AppendExit();
        }

        // Nothing can follow a tail call: it is counted, its time falls to whoever waits for it.
        void AppendExit()
        {
            Append(il.Create(OpCodes.Ldloc, token));
            Append(il.Create(OpCodes.Call, recorder.Exit));
        }

        void Append(Instruction instruction)
        {
            il.InsertAfter(last, instruction);
            last = instruction;
        }
    }

    static bool IsTailCall(Instruction first, Instruction call)
    {
        for (var prefix = first; prefix != call; prefix = prefix.Next)
        {
            if (prefix.OpCode == OpCodes.Tail)
                return true;
        }
        return false;
    }
}
