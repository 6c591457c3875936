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
/// Where nothing can throw (<see cref="NonThrowingBody"/>), and where there are tail calls, the exit stands before each return.
/// </summary>
sealed class BodyProbe
{
    readonly MethodDefinition method;
    readonly MethodBody body;
    readonly Insertions insertions;
    readonly RecorderReferences recorder;
    readonly VariableDefinition token;

    // Where the method is left: Recorder.Exit, or in an async method Recorder.Suspend.
    readonly MethodReference exit;

    BodyProbe(MethodDefinition method, RecorderReferences recorder, bool isAsync)
    {
        this.method = method;
        this.recorder = recorder;
        exit = isAsync ? recorder.Suspend : recorder.Exit;
        body = method.Body;
        insertions = new(body);
        token = new(recorder.Token);
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
        var probe = new BodyProbe(method, recorder, resumption is { IsAsync: true });
        probe.body.Variables.Add(probe.token);
        var first = probe.body.Instructions[0];
        var needsFinally = !NonThrowingBody.Is(probe.body);
        if (needsFinally)
            StrayEnds.Replace(probe.body);
        probe.CloseAtHandlers(hasCallSites);
        if (resumption is not null)
            probe.ExitBeforeCompletion(resumption);
        if (!needsFinally || !probe.TryExitInFinally(first))
            probe.ExitBeforeReturns();
        probe.EnterBefore(first, index, firstId, resumption);
        probe.insertions.Apply();
        BranchReach.Restore(probe.body);
    }

    // nint token = Recorder.Enter(FirstId + index);
    // In a state machine the id after it stands for a resume:
    // nint token = Recorder.Enter(FirstId + index + (this.entered ? 1 : 0)); this.entered = true;
    // In an async one the recorder sees to it, which then is told where the activation began:
    // nint token = Recorder.EnterAsync(FirstId + index, ref this.activation);
    void EnterBefore(Instruction first, int index, FieldReference firstId, Resumption? resumption)
    {
        List<Instruction> enter = [Instruction.Create(OpCodes.Ldsfld, firstId)];
        if (index != 0)
        {
            enter.Add(ShortForms.Constant(index));
            enter.Add(Instruction.Create(OpCodes.Add));
        }
        if (resumption is { IsAsync: true })
        {
            enter.Add(Instruction.Create(OpCodes.Ldarg_0));
            enter.Add(Instruction.Create(OpCodes.Ldflda, resumption.Field));
        }
        else if (resumption is not null)
        {
            enter.Add(Instruction.Create(OpCodes.Ldarg_0));
            enter.Add(Instruction.Create(OpCodes.Ldfld, resumption.Field));
            enter.Add(Instruction.Create(OpCodes.Add));
            enter.Add(Instruction.Create(OpCodes.Ldarg_0));
            enter.Add(Instruction.Create(OpCodes.Ldc_I4_1));
            enter.Add(Instruction.Create(OpCodes.Stfld, resumption.Field));
        }
        enter.Add(Instruction.Create(OpCodes.Call, resumption is { IsAsync: true } ? recorder.EnterAsync : recorder.Enter));
        enter.Add(ShortForms.Store(token));
        insertions.Before(first, [.. enter]);
    }

    // Not where there are tail calls.
    bool TryExitInFinally(Instruction first)
    {
        List<Instruction> returns = [];
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.OpCode.Code)
            {
                case Code.Ret:
                    returns.Add(instruction);
                    break;
                case Code.Tail:
                    return false;
            }
        }
        var result = ReturnType is { } type ? new VariableDefinition(type) : null;
        if (result is not null)
            body.Variables.Add(result);
        // Read through its address: the JIT then keeps the token in its slot on the stack, where the handler needs it, and
        // not in a register as well, which would have to be saved.
        var handler = ShortForms.Address(token);
        var end = result is null ? Instruction.Create(OpCodes.Ret) : ShortForms.Load(result);
        foreach (var @return in returns)
        {
            var leave = Instruction.Create(OpCodes.Leave_S, end);
            // In place: what branches to the return goes on branching to it.
            if (result is null)
            {
                @return.Become(leave);
            }
            else
            {
                @return.Become(ShortForms.Store(result));
                insertions.After(@return, leave);
            }
        }

        FinallyRegion.Add(body, first, handler, returns.Count > 0 ? end : null);
        insertions.AtEnd(handler, Instruction.Create(OpCodes.Volatile), Instruction.Create(OpCodes.Ldind_I),
            Instruction.Create(OpCodes.Call, exit), Instruction.Create(OpCodes.Endfinally));
        if (returns.Count > 0)
        {
            insertions.AtEnd(end);
            if (result is not null)
                insertions.AtEnd(Instruction.Create(OpCodes.Ret));
        }
        return true;
    }

    // A tail call gives its frame up, which it cannot do from a protected region: the method ends before the call. An
    // exception leaves the frame to the next catch or exit below, which closes it.
    void ExitBeforeReturns()
    {
        var afterTailCalls = new HashSet<Instruction>(body.Instructions.Where(IsAfterTailCall));
        foreach (var instruction in body.Instructions)
        {
            if (instruction.OpCode == OpCodes.Tail || (instruction.OpCode == OpCodes.Ret && !afterTailCalls.Contains(instruction)))
                ExitBefore(instruction);
        }
        // Nothing may stand between a tail call and its return. Who branches to such a return takes another one.
        var others = new Dictionary<Instruction, Instruction>();
        foreach (var branch in body.Instructions)
        {
            branch.Operand = branch.Operand switch
            {
                Instruction target => Redirected(target),
                Instruction[] targets => Array.ConvertAll(targets, Redirected),
                var other => other,
            };
        }

        Instruction Redirected(Instruction target)
        {
            if (!afterTailCalls.Contains(target))
                return target;
            if (!others.TryGetValue(target, out var other))
            {
                others.Add(target, other = ShortForms.Load(token));
                insertions.AtEnd(other, Instruction.Create(OpCodes.Call, exit), Instruction.Create(OpCodes.Ret));
            }
            return other;
        }
    }

    static bool IsAfterTailCall(Instruction instruction) =>
        instruction.OpCode == OpCodes.Ret && instruction.Previous?.Previous?.OpCode == OpCodes.Tail;

    // The builder runs the continuations of whoever awaits this method inside SetResult and SetException: they are not
    // called by this method, so it ends before.
    // Recorder.Complete(token, ref this.activation); token = 0; builder.SetResult(result);
    void ExitBeforeCompletion(Resumption resumption)
    {
        foreach (var call in body.Instructions.Where(resumption.Plumbing.Completes).ToList())
        {
            var completion = resumption.Plumbing.Ends(call)
                ? ExitBefore(call, Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldflda, resumption.Field),
                    Instruction.Create(OpCodes.Call, recorder.Complete))
                : ExitBefore(call);
            insertions.Before(completion, Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_I),
                ShortForms.Store(token));
        }
    }

    // What the exception passed through without a handler of ours (a tail call's frame, an external method) ends here:
    // catch (…) { Recorder.Catch(token); … }
    // A finally needs it only for calls of this method itself: a frame above was closed by its own, or is a tail call's.
    void CloseAtHandlers(bool hasCallSites)
    {
        if (!body.HasExceptionHandlers)
            return;
        var starts = new Dictionary<Instruction, Instruction>();
        foreach (var region in body.ExceptionHandlers)
        {
            if (!hasCallSites && region.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault)
                continue;
            if (starts.ContainsKey(region.HandlerStart))
                continue;
            var load = ShortForms.Load(token);
            insertions.Before(region.HandlerStart, load, Instruction.Create(OpCodes.Call, recorder.Catch));
            starts.Add(region.HandlerStart, load);
        }
        foreach (var region in body.ExceptionHandlers)
        {
            region.HandlerStart = Moved(region.HandlerStart);
            region.TryEnd = Moved(region.TryEnd);
            region.HandlerEnd = Moved(region.HandlerEnd);
        }

        Instruction Moved(Instruction boundary) =>
            boundary is not null && starts.TryGetValue(boundary, out var load) ? load : boundary!;
    }

    // Turns the instruction itself into the first one of the exit, so that what branches to it takes the exit too.
    // Returns what now stands for the instruction.
    Instruction ExitBefore(Instruction instruction) => ExitBefore(instruction, Instruction.Create(OpCodes.Call, exit));

    Instruction ExitBefore(Instruction instruction, params Instruction[] exitWithToken)
    {
        var moved = Instruction.Create(OpCodes.Nop);
        moved.Become(instruction);
        instruction.Become(ShortForms.Load(token));
        insertions.After(instruction, [.. exitWithToken, moved]);
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
