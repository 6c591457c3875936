using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Makes a method report its entry and its exit, by return or by exception. The body is edited in place, so that
/// branches, sequence points and scopes stay with their instructions.
/// <code>
/// nint token = Recorder.Enter(FirstId + index);
/// try { … }                     // the body; "return x" became "result = x; leave"
/// finally { Recorder.Exit(token); }
/// return result;
/// </code>
/// </summary>
sealed class BodyProbe
{
    // As many instructions as a method with one return gets.
    const int MostlyAdded = 11;

    readonly MethodDefinition method;
    readonly MethodBody body;
    readonly ILProcessor il;
    readonly RecorderReferences recorder;
    readonly VariableDefinition token;

    BodyProbe(MethodDefinition method, RecorderReferences recorder)
    {
        this.method = method;
        this.recorder = recorder;
        body = method.Body;
        il = body.GetILProcessor();
        token = new(recorder.Token);
    }

    /// <summary>Whether the body can be probed; a <c>jmp</c> leaves the method in a way that no probe can precede.</summary>
    public static bool CanProbe(MethodBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            if (instruction.OpCode.Code == Code.Jmp)
                return false;
        }
        return true;
    }

    /// <summary>Probes <paramref name="method"/>.</summary>
    /// <param name="method">A method with a body.</param>
    /// <param name="index">Its index in the module's table.</param>
    /// <param name="firstId">The field with the id of the table's first method.</param>
    /// <param name="recorder">What to call.</param>
    /// <param name="resumption">The state machine, if the method is the <c>MoveNext</c> of one.</param>
    /// <param name="hasCallSites">Whether calls in the body are probed (<see cref="CallSiteProbe"/>).</param>
    public static void Insert(MethodDefinition method, int index, FieldReference firstId, RecorderReferences recorder,
        Resumption? resumption, bool hasCallSites)
    {
        var probe = new BodyProbe(method, recorder);
        probe.body.Variables.Add(probe.token);
        probe.body.Instructions.Capacity = probe.body.Instructions.Count + MostlyAdded;
        var first = probe.body.Instructions[0];
        probe.CloseAtHandlers(hasCallSites);
        if (resumption is not null)
            probe.ExitBeforeCompletion(resumption);
        if (!probe.TryExitInFinally(first))
            probe.ExitBeforeReturns();
        probe.EnterBefore(first, index, firstId, resumption);
        BranchReach.Restore(probe.body);
    }

    // nint token = Recorder.Enter(FirstId + index);
    // In a state machine the id after it stands for a resume:
    // nint token = Recorder.Enter(FirstId + index + (this.entered ? 1 : 0)); this.entered = true;
    void EnterBefore(Instruction first, int index, FieldReference firstId, Resumption? resumption)
    {
        var position = body.Instructions.IndexOf(first);
        Add(il.Create(OpCodes.Ldsfld, firstId));
        if (index != 0)
        {
            Add(ShortForms.Constant(index));
            Add(il.Create(OpCodes.Add));
        }
        if (resumption is not null)
        {
            Add(il.Create(OpCodes.Ldarg_0));
            Add(il.Create(OpCodes.Ldfld, resumption.Entered));
            Add(il.Create(OpCodes.Add));
            Add(il.Create(OpCodes.Ldarg_0));
            Add(il.Create(OpCodes.Ldc_I4_1));
            Add(il.Create(OpCodes.Stfld, resumption.Entered));
        }
        Add(il.Create(OpCodes.Call, recorder.Enter));
        Add(ShortForms.Store(token));

        void Add(Instruction instruction) => body.Instructions.Insert(position++, instruction);
    }

    // Not where there are tail calls.
    bool TryExitInFinally(Instruction first)
    {
        List<int> returns = [];
        for (var position = 0; position < body.Instructions.Count; position++)
        {
            switch (body.Instructions[position].OpCode.Code)
            {
                case Code.Ret:
                    returns.Add(position);
                    break;
                case Code.Tail:
                    return false;
            }
        }
        var result = ReturnType is { } type ? new VariableDefinition(type) : null;
        if (result is not null)
            body.Variables.Add(result);
        var handler = ShortForms.Load(token);
        var end = result is null ? il.Create(OpCodes.Ret) : ShortForms.Load(result);

        // From the last one on: the positions of the others stay what they are.
        for (var i = returns.Count - 1; i >= 0; i--)
        {
            var @return = body.Instructions[returns[i]];
            var leave = il.Create(OpCodes.Leave_S, end);
            // In place: what branches to the return goes on branching to it.
            if (result is null)
            {
                @return.Become(leave);
            }
            else
            {
                @return.Become(ShortForms.Store(result));
                body.Instructions.Insert(returns[i] + 1, leave);
            }
        }

        // "To the end of the body" means: to where the new handler begins.
        foreach (var region in body.ExceptionHandlers)
        {
            region.TryEnd ??= handler;
            region.HandlerEnd ??= handler;
        }

        il.Append(handler);
        il.Append(il.Create(OpCodes.Call, recorder.Exit));
        il.Append(il.Create(OpCodes.Endfinally));
        if (returns.Count > 0)
        {
            il.Append(end);
            if (result is not null)
                il.Append(il.Create(OpCodes.Ret));
        }
        body.ExceptionHandlers.Add(new(ExceptionHandlerType.Finally)
        {
            TryStart = first,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = returns.Count > 0 ? end : null,
        });
        return true;
    }

    // A tail call gives its frame up, which it cannot do from a protected region: the method ends before the call. An
    // exception leaves the frame to the next catch or exit below, which closes it.
    void ExitBeforeReturns()
    {
        var afterTailCalls = body.Instructions.Where(IsAfterTailCall).ToList();
        foreach (var instruction in body.Instructions.ToList())
        {
            if (instruction.OpCode == OpCodes.Tail || (instruction.OpCode == OpCodes.Ret && !IsAfterTailCall(instruction)))
                ExitBefore(instruction);
        }
        // Nothing may stand between a tail call and its return. Who branches to such a return takes another one.
        foreach (var @return in afterTailCalls)
        {
            if (!body.Instructions.Any(instruction => BranchesTo(instruction, @return)))
                continue;
            var exit = ShortForms.Load(token);
            foreach (var branch in body.Instructions.Where(instruction => BranchesTo(instruction, @return)))
                Redirect(branch, @return, exit);
            il.Append(exit);
            il.Append(il.Create(OpCodes.Call, recorder.Exit));
            il.Append(il.Create(OpCodes.Ret));
        }
    }

    static bool IsAfterTailCall(Instruction instruction) =>
        instruction.OpCode == OpCodes.Ret && instruction.Previous?.Previous?.OpCode == OpCodes.Tail;

    static bool BranchesTo(Instruction branch, Instruction target) =>
        branch.Operand == target || (branch.Operand is Instruction[] targets && targets.Contains(target));

    static void Redirect(Instruction branch, Instruction from, Instruction to)
    {
        if (branch.Operand is Instruction[] targets)
            branch.Operand = Array.ConvertAll(targets, target => target == from ? to : target);
        else
            branch.Operand = to;
    }

    // The builder runs the continuations of whoever awaits this method inside SetResult and SetException: they are not
    // called by this method, so it ends before.
    // Recorder.Exit(token); token = 0; builder.SetResult(result);
    void ExitBeforeCompletion(Resumption resumption)
    {
        foreach (var call in body.Instructions.Where(resumption.Completes).ToList())
        {
            var completion = ExitBefore(call);
            il.InsertBefore(completion, il.Create(OpCodes.Ldc_I4_0));
            il.InsertBefore(completion, il.Create(OpCodes.Conv_I));
            il.InsertBefore(completion, ShortForms.Store(token));
        }
    }

    // What the exception passed through without a handler of ours (a tail call's frame, an external method) ends here:
    // catch (…) { Recorder.Catch(token); … }
    // A finally needs it only for calls of this method itself: a frame above was closed by its own, or is a tail call's.
    void CloseAtHandlers(bool hasCallSites)
    {
        if (!body.HasExceptionHandlers)
            return;
        foreach (var region in body.ExceptionHandlers.ToList())
        {
            if (!hasCallSites && region.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault)
                continue;
            var start = region.HandlerStart;
            var load = ShortForms.Load(token);
            il.InsertBefore(start, load);
            il.InsertBefore(start, il.Create(OpCodes.Call, recorder.Catch));
            foreach (var other in body.ExceptionHandlers)
            {
                if (other.HandlerStart == start)
                    other.HandlerStart = load;
                if (other.TryEnd == start)
                    other.TryEnd = load;
                if (other.HandlerEnd == start)
                    other.HandlerEnd = load;
            }
        }
    }

    // Turns the instruction itself into the first one of the exit, so that what branches to it takes the exit too.
    // Returns what now stands for the instruction.
    Instruction ExitBefore(Instruction instruction)
    {
        var moved = il.Create(OpCodes.Nop);
        moved.Become(instruction);
        instruction.Become(ShortForms.Load(token));
        var exit = il.Create(OpCodes.Call, recorder.Exit);
        il.InsertAfter(instruction, exit);
        il.InsertAfter(exit, moved);
        return moved;
    }

    // Without the modifiers that init-only setters and "in" returns carry: "void modreq(…)" is void.
    TypeReference? ReturnType
    {
        get
        {
            var bare = method.ReturnType;
            while (bare is IModifierType modified)
                bare = modified.ElementType;
            return bare.MetadataType == MetadataType.Void ? null : method.ReturnType;
        }
    }
}
