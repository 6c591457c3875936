using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>
/// Checks the structure of a body by the rules of ECMA-335: branches stay in their protected region, regions nest and
/// are listed from the inside out, and the stack is equally deep on all ways to an instruction.
/// </summary>
sealed class BodyVerifier
{
    readonly MethodBody body;
    readonly List<string> errors = [];
    readonly Dictionary<Instruction, int> depths = [];
    readonly Dictionary<Instruction, int> index;

    BodyVerifier(MethodBody body)
    {
        this.body = body;
        index = body.Instructions.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
    }

    public static IReadOnlyList<string> Errors(MethodBody body)
    {
        var verifier = new BodyVerifier(body);
        if (verifier.CheckTargets())
        {
            verifier.CheckNesting();
            verifier.CheckFlow();
        }
        return verifier.errors;
    }

    /// <summary>A stretch of the body that is protected or handles: where it begins, and what follows it.</summary>
    readonly record struct Region(int Start, int End, ExceptionHandler Handler, string Kind)
    {
        public bool Contains(int position) => position >= Start && position < End;

        public bool Contains(Region other) => other.Start >= Start && other.End <= End;

        public bool Overlaps(Region other) => other.Start < End && Start < other.End;
    }

    IEnumerable<Region> RegionsOf(ExceptionHandler handler)
    {
        yield return new(index[handler.TryStart], End(handler.TryEnd), handler, "try");
        if (handler.FilterStart is not null)
            yield return new(index[handler.FilterStart], index[handler.HandlerStart], handler, "filter");
        yield return new(index[handler.HandlerStart], End(handler.HandlerEnd), handler, "handler");
    }

    int End(Instruction? end) => end is null ? body.Instructions.Count : index[end];

    bool CheckTargets()
    {
        foreach (var instruction in body.Instructions)
        {
            foreach (var target in Targets(instruction))
                Expect(target is not null && index.ContainsKey(target), instruction, "branches out of the body");
        }
        foreach (var handler in body.ExceptionHandlers)
        {
            foreach (var boundary in new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart })
                Expect(boundary is not null && index.ContainsKey(boundary), boundary, "is no boundary in the body");
            var end = handler.HandlerEnd;
            Expect(end is null || index.ContainsKey(end), end, "is no end in the body");
        }
        return errors.Count == 0;
    }

    void CheckNesting()
    {
        for (var i = 0; i < body.ExceptionHandlers.Count; i++)
        {
            var inner = RegionsOf(body.ExceptionHandlers[i]).ToList();
            foreach (var region in inner)
                Expect(region.Start < region.End, body.Instructions[region.Start], $"begins an empty {region.Kind}");
            for (var j = 0; j < i; j++)
            {
                var same = body.ExceptionHandlers[j].TryStart == body.ExceptionHandlers[i].TryStart
                    && body.ExceptionHandlers[j].TryEnd == body.ExceptionHandlers[i].TryEnd;
                foreach (var outer in inner)
                {
                    foreach (var earlier in RegionsOf(body.ExceptionHandlers[j]))
                    {
                        Expect((same && outer.Kind == "try" && earlier.Kind == "try") || !outer.Overlaps(earlier)
                            || (outer.Contains(earlier) && outer != earlier), body.Instructions[outer.Start],
                            $"begins a {outer.Kind} that crosses or lies in a {earlier.Kind} listed before it");
                    }
                }
            }
        }
    }

    // From the outside in. A try that several handlers share is one.
    List<Region> Regions => field ??=
    [
        .. body.ExceptionHandlers.SelectMany(RegionsOf).DistinctBy(region => (region.Start, region.End, region.Kind))
            .OrderBy(region => region.Start).ThenByDescending(region => region.End),
    ];

    List<Region> RegionsAround(Instruction instruction) =>
        Regions.FindAll(region => region.Contains(index[instruction]));

    void CheckFlow()
    {
        var pending = new Stack<Instruction>();
        Visit(body.Instructions[0], 0, null);
        foreach (var handler in body.ExceptionHandlers)
        {
            if (handler.FilterStart is not null)
                Visit(handler.FilterStart, 1, null);
            Visit(handler.HandlerStart,
                handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter ? 1 : 0, null);
        }
        while (pending.TryPop(out var instruction))
        {
            var depth = depths[instruction] - Pops(instruction);
            Expect(depth >= 0, instruction, "takes more than there is");
            depth += Pushes(instruction);
            CheckExit(instruction, depth);
            var isLeave = instruction.OpCode.Code is Code.Leave or Code.Leave_S;
            foreach (var target in Targets(instruction))
            {
                CheckJump(instruction, target, isLeave);
                Visit(target, isLeave ? 0 : depth, instruction);
            }
            if (instruction.OpCode.FlowControl is FlowControl.Next or FlowControl.Cond_Branch or FlowControl.Call
                or FlowControl.Meta or FlowControl.Break && instruction.OpCode != OpCodes.Jmp)
            {
                Expect(instruction.Next is not null, instruction, "runs over the end");
                if (instruction.Next is null)
                    continue;
                CheckJump(instruction, instruction.Next, isLeave: false);
                Visit(instruction.Next, depth, instruction);
            }
        }

        void Visit(Instruction instruction, int depth, Instruction? from)
        {
            if (depths.TryGetValue(instruction, out var known))
            {
                Expect(known == depth, instruction, $"is reached with {known} and, from {from}, with {depth} values");
                return;
            }
            depths.Add(instruction, depth);
            pending.Push(instruction);
            if (body.ExceptionHandlers.Any(handler => handler.TryStart == instruction))
                Expect(depth == 0, instruction, $"begins a try with {depth} on the stack");
        }
    }

    void CheckExit(Instruction instruction, int depth)
    {
        var path = RegionsAround(instruction);
        switch (instruction.OpCode.Code)
        {
            case Code.Ret:
                Expect(depth == 0, instruction, $"returns with {depth} too many on the stack");
                Expect(path.Count == 0, instruction, "returns from a protected region");
                break;
            case Code.Endfinally:
                Expect(path.Count > 0 && path[^1].Kind == "handler" && !IsCatch(path[^1]), instruction,
                    "is not in a finally");
                break;
            case Code.Endfilter:
                Expect(depth == 0 && path.Count > 0 && path[^1].Kind == "filter"
                    && path[^1].End == index[instruction] + 1, instruction, "does not end a filter");
                break;
            case Code.Rethrow:
                Expect(path.Any(IsCatch), instruction, "is not in a catch");
                break;
            case Code.Leave or Code.Leave_S:
                Expect(path.Count > 0, instruction, "leaves nothing");
                break;
        }
    }

    void CheckJump(Instruction from, Instruction to, bool isLeave)
    {
        var (source, target) = (RegionsAround(from), RegionsAround(to));
        var common = source.Zip(target).TakeWhile(pair => pair.First == pair.Second).Count();
        var left = source.Skip(common).ToList();
        var entered = target.Skip(common);
        Expect(left.All(region => isLeave && (region.Kind == "try" || IsCatch(region))), from, $"jumps out, to {to}");
        Expect(entered.All(region => region.Kind == "try" && (region.Start == index[to] || IsResumed(region))), from,
            $"jumps in, to {to}");

        // A catch may lead back into its own try: "On Error Resume Next".
        bool IsResumed(Region region) => isLeave && left.Any(handler => IsCatch(handler)
            && index[handler.Handler.TryStart] == region.Start && End(handler.Handler.TryEnd) == region.End);
    }

    static bool IsCatch(Region region) => region.Kind == "handler"
        && region.Handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;

    static Instruction[] Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    int Pops(Instruction instruction)
    {
        if (instruction.OpCode == OpCodes.Ret)
            return IsVoid(body.Method.ReturnType) ? 0 : 1;
        if (instruction.Operand is IMethodSignature called && instruction.OpCode.FlowControl == FlowControl.Call)
        {
            return called.Parameters.Count + (instruction.OpCode == OpCodes.Calli ? 1 : 0)
                + (called.HasThis && instruction.OpCode != OpCodes.Newobj ? 1 : 0);
        }
        return instruction.OpCode.StackBehaviourPop switch
        {
            StackBehaviour.Pop0 => 0,
            StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
            StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi
                or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8
                or StackBehaviour.Popref_pop1
                or StackBehaviour.Popref_popi => 2,
            StackBehaviour.PopAll => 0,
            var behaviour when behaviour.ToString().StartsWith("Pop", StringComparison.Ordinal) => 3,
            var behaviour => throw new NotSupportedException($"{instruction}: {behaviour}"),
        };
    }

    static int Pushes(Instruction instruction)
    {
        if (instruction.Operand is IMethodSignature called && instruction.OpCode.FlowControl == FlowControl.Call)
            return instruction.OpCode == OpCodes.Newobj || !IsVoid(called.ReturnType) ? 1 : 0;
        return instruction.OpCode.StackBehaviourPush switch
        {
            StackBehaviour.Push0 => 0,
            StackBehaviour.Push1_push1 => 2,
            _ => 1,
        };
    }

    static bool IsVoid(TypeReference type)
    {
        while (type is IModifierType modified)
            type = modified.ElementType;
        return type.MetadataType == MetadataType.Void;
    }

    void Expect(bool condition, Instruction? instruction, string complaint)
    {
        if (!condition)
            errors.Add($"{body.Method.FullName}: {instruction} {complaint}");
    }
}
