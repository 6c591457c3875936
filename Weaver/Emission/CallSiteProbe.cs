using Mono.Cecil;
using Mono.Cecil.Cil;

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
        var calls = new List<(int Position, int Index)>();
        for (var position = 0; position < body.Instructions.Count; position++)
        {
            if (IndexOf(body.Instructions[position], resumption) is { } index)
                calls.Add((position, index));
        }
        if (calls.Count == 0)
            return false;

        // Calls of one method do not overlap: the arguments of a call are evaluated before it begins.
        var token = new VariableDefinition(recorder.Token);
        body.Variables.Add(token);
        // From the last one on: the positions of the others stay what they are.
        for (var i = calls.Count - 1; i >= 0; i--)
            Probe(body, calls[i].Position, calls[i].Index, token);
        return true;
    }

    int? IndexOf(Instruction instruction, Resumption? resumption)
    {
        if (instruction.OpCode.Code is not (Code.Call or Code.Callvirt or Code.Newobj))
            return null;
        // What the compiler put in to run the state machine is not the user's call.
        var called = (MethodReference)instruction.Operand;
        return resumption?.IsPlumbing(called) == true ? null : externals.IndexOf(called);
    }

    void Probe(MethodBody body, int position, int index, VariableDefinition token)
    {
        var isTailCall = false;
        var first = position;
        for (; first > 0 && body.Instructions[first - 1].OpCode is { OpCodeType: OpCodeType.Prefix } prefix; first--)
            isTailCall |= prefix.Code == Code.Tail;

        // In place: what branches to the call must enter it too.
        var begin = body.Instructions[first];
        var moved = Instruction.Create(OpCodes.Nop);
        moved.Become(begin);
        begin.Become(Instruction.Create(OpCodes.Ldsfld, firstId));
        var next = first + 1;
        Add(ShortForms.Constant(index));
        Add(Instruction.Create(OpCodes.Add));
        Add(Instruction.Create(OpCodes.Call, recorder.EnterExternal));
        Add(ShortForms.Store(token));
        // Nothing can follow a tail call: it is counted, its time falls to whoever waits for it.
        if (isTailCall)
            AddExit();
        Add(moved);
        if (isTailCall)
            return;
        next += position - first;
        AddExit();

        void AddExit()
        {
            Add(ShortForms.Load(token));
            Add(Instruction.Create(OpCodes.Call, recorder.Exit));
        }

        void Add(Instruction instruction) => body.Instructions.Insert(next++, instruction);
    }
}
