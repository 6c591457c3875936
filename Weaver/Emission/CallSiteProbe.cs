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
    readonly MethodTableWriter table;
    readonly FieldReference firstId;
    readonly RecorderReferences recorder;

    public CallSiteProbe(ExternalMethods externals, MethodTableWriter table, FieldReference firstId, RecorderReferences recorder)
    {
        this.externals = externals;
        this.table = table;
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
            if (NameOfCalled(body.Instructions[position], resumption) is { } name)
                calls.Add((position, table.AddExternal(name)));
        }
        if (calls.Count == 0)
            return false;

        // Calls of one method do not overlap: the arguments of a call are evaluated before it begins.
        var token = new VariableDefinition(recorder.Token);
        body.Variables.Add(token);
        var insertions = new Insertions(body);
        foreach (var (position, index) in calls)
            Probe(insertions, body, position, index, token);
        insertions.Apply();
        return true;
    }

    // Null where no call is recorded.
    ExternalName? NameOfCalled(Instruction instruction, Resumption? resumption)
    {
        if (instruction.OpCode.Code is not (Code.Call or Code.Callvirt or Code.Newobj))
            return null;
        // What the compiler put in to run the state machine is not the user's call.
        return resumption?.Plumbing.Contains(instruction) == true ? null : externals.NameOf((MethodReference)instruction.Operand);
    }

    void Probe(Insertions insertions, MethodBody body, int position, int index, VariableDefinition token)
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
        insertions.After(begin, ShortForms.Constant(index), Instruction.Create(OpCodes.Add),
            Instruction.Create(OpCodes.Call, recorder.EnterExternal), ShortForms.Store(token), moved);
        Instruction[] exit = [ShortForms.Load(token), Instruction.Create(OpCodes.Call, recorder.Exit)];
        // Nothing can follow a tail call: it is counted, its time falls to whoever waits for it.
        if (isTailCall)
            insertions.Before(moved, exit);
        else
            insertions.After(first == position ? moved : body.Instructions[position], exit);
    }
}
