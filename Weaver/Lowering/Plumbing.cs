using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// The calls in <c>MoveNext</c> that a compiler put in to run the state machine of an async method: of the builder, and of
/// the promise that the consumer of an async iterator awaits. They are the fields that the code around <c>MoveNext</c> calls
/// methods on. What the user declared, be it of the same type, is used nowhere else.
/// </summary>
sealed class Plumbing
{
    const string IteratorEnd = "Complete";

    readonly HashSet<Instruction> calls;

    // Whether the state machine says beforehand that it ends, as that of an async iterator does.
    readonly bool saysEnd;

    Plumbing(HashSet<Instruction> calls)
    {
        this.calls = calls;
        saysEnd = calls.Any(call => NameOf(call) == IteratorEnd);
    }

    /// <summary>The plumbing of <paramref name="machine"/>, whose bodies are as they were read.</summary>
    public static Plumbing In(TypeDefinition machine, StateMachines stateMachines)
    {
        // The methods around an iterator's are the user's finally blocks.
        if (!StateMachines.IsAsync(machine))
            return new([]);
        var around = machine.Methods.Where(method => !stateMachines.IsMoveNext(method));
        if (stateMachines.SourceOf(machine) is { } source)
            around = around.Append(source);
        var own = new HashSet<string>(around.SelectMany(CallsOnFields).Select(call => call.Field));
        return new([.. machine.Methods.Where(stateMachines.IsMoveNext).SelectMany(CallsOnFields)
            .Where(call => own.Contains(call.Field)).Select(call => call.Call)]);

        IEnumerable<(Instruction Call, string Field)> CallsOnFields(MethodDefinition method)
        {
            if (!method.HasBody)
                yield break;
            foreach (var instruction in method.Body.Instructions)
            {
                if (CallReceiver.FieldOf(machine, instruction) is { } field)
                    yield return (instruction, field);
            }
        }
    }

    /// <summary>Whether the instruction is such a call.</summary>
    public bool Contains(Instruction instruction) => calls.Contains(instruction);

    /// <summary>Whether the instruction completes the async method, or hands out an element of an async iterator, and so may run
    /// who awaits it.</summary>
    public bool Completes(Instruction instruction) => Contains(instruction)
        && NameOf(instruction) is "SetResult" or "SetException" or IteratorEnd;

    /// <summary>Whether <see cref="Completes"/> is for good.</summary>
    public bool Ends(Instruction instruction) => Completes(instruction) && saysEnd == (NameOf(instruction) == IteratorEnd);

    static string NameOf(Instruction call) => ((MethodReference)call.Operand).Name;
}
