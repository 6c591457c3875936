using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>Decides which methods are woven, and says why the others are not.</summary>
sealed class MethodSelection(
    WeaverSettings settings, StateMachines stateMachines, MethodNames names, NoProfile noProfile, NameFilter filter)
{
    /// <summary>Why a method is skipped that the runtime itself suspends: it returns something else than its signature
    /// says, and nothing tells a resume from a call.</summary>
    public const string RuntimeAsyncReason = "runtime-async method";

    const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000;

    /// <summary>Why the method is left alone; null if it is woven.</summary>
    public string? ReasonToSkip(MethodDefinition method)
    {
        if (!method.HasBody || method.Body.Instructions.Count == 0)
            return "no body";
        return ReasonOfTheCompiler(method) ?? ReasonOfTheUser(method);
    }

    // What the compiler made around the user's code is not code of the user's.
    string? ReasonOfTheCompiler(MethodDefinition method)
    {
        if (stateMachines.IsStub(method))
            return "starts a state machine, which is woven";
        if (stateMachines.Contains(method.DeclaringType) && !stateMachines.IsMoveNext(method))
            return "part of a state machine's plumbing";
        if (ExtensionBlock.IsDeclaration(method.DeclaringType))
            return "declares a member of an extension block";
        if (method.IsConstructor && TypeNames.IsHolder(method.DeclaringType))
            return "creates a closure";
        if (CompilerHelpers.ReasonToSkip(method) is { } reason)
            return reason;
        if (method.DeclaringType.Name == TypeNames.ScriptClass && (method.IsConstructor || method.Name == "<Factory>"))
            return "starts a script, which is woven";
        if (IsEntryStub(method))
            return "awaits an async Main, which is woven";
        if ((method.ImplAttributes & RuntimeAsync) != 0)
            return RuntimeAsyncReason;
        if (StrayTargets.In(method.Body) is null)
            return "has an invalid branch target";
        return HasJump(method.Body) ? "has a jmp instruction" : null;
    }

    // It leaves the method in a way that no probe can precede.
    static bool HasJump(MethodBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            if (instruction.OpCode.Code == Code.Jmp)
                return true;
        }
        return false;
    }

    string? ReasonOfTheUser(MethodDefinition method)
    {
        if (noProfile.Covers(method))
            return "marked with [NoProfile]";
        // Names take long to put together.
        if (!filter.IsEmpty && filter.LeavesOut(names.FullNameOf(method), out var reason))
            return reason;
        if (method.Body.Instructions.Count < settings.MinimumInstructions)
            return $"fewer than {settings.MinimumInstructions} instructions";
        if (!(settings.CompilerGenerated && settings.Trivial) && IsCompilerGenerated(method))
            return "compiler-generated";
        return !settings.Trivial && !stateMachines.IsMoveNext(method) && method != method.Module.EntryPoint && TrivialBody.Is(method)
            ? "trivial"
            : null;
    }

    // Accessors of automatic properties, members of records: there is no line of source for them. A lambda has one.
    static bool IsCompilerGenerated(MethodDefinition method) =>
        CompilerName.Parse(method.Name).Kind == CompilerNameKind.None
        && !TypeNames.IsHolder(method.DeclaringType)
        && method.CustomAttributes.Any(attribute =>
            attribute.AttributeType.FullName == "System.Runtime.CompilerServices.CompilerGeneratedAttribute");

    // The compiler's "<Main>" calls the async Main, or the async top-level statements, and waits.
    static bool IsEntryStub(MethodDefinition method) => method.Name == "<Main>" && method == method.Module.EntryPoint;
}
