using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Decides which methods are woven, and says why the others are not.</summary>
sealed class MethodSelection(StateMachines stateMachines)
{
    const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000;

    /// <summary>Why the method is left alone; null if it is woven.</summary>
    public string? ReasonToSkip(MethodDefinition method)
    {
        if (!method.HasBody || method.Body.Instructions.Count == 0)
            return "no body";
        if (stateMachines.IsStub(method))
            return "starts a state machine, which is woven";
        if (stateMachines.Contains(method.DeclaringType) && !stateMachines.IsMoveNext(method))
            return "part of a state machine's plumbing";
        if (method.IsConstructor && TypeNames.IsHolder(method.DeclaringType))
            return "makes a closure";
        if (IsEntryStub(method))
            return "awaits an async Main, which is woven";
        if ((method.ImplAttributes & RuntimeAsync) != 0)
            return "runtime-async method";
        if (!BodyProbe.CanProbe(method.Body))
            return "has a jmp instruction";
        return null;
    }

    // The compiler's "<Main>" calls the async Main, or the async top-level statements, and waits.
    static bool IsEntryStub(MethodDefinition method) => method.Name == "<Main>" && method == method.Module.EntryPoint;
}
