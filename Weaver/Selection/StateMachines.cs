using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Which types of a module are state machines that a compiler made of an async method or iterator, and of which one.
/// Taken from metadata alone: the attribute on the method that the user wrote, and the interfaces of the type.
/// </summary>
sealed class StateMachines
{
    const string Namespace = "System.Runtime.CompilerServices";
    const string AsyncInterface = "IAsyncStateMachine";

    static readonly HashSet<string> Attributes =
        ["AsyncStateMachineAttribute", "IteratorStateMachineAttribute", "AsyncIteratorStateMachineAttribute"];

    readonly Dictionary<TypeDefinition, MethodDefinition> sources = [];
    readonly HashSet<MethodDefinition> stubs = [];

    public StateMachines(IEnumerable<TypeDefinition> types)
    {
        foreach (var method in types.SelectMany(type => type.Methods))
        {
            if (StateMachineOf(method) is not { } machine)
                continue;
            sources[machine] = method;
            stubs.Add(method);
        }
    }

    /// <summary>Whether a compiler replaced the body of the method by one that makes and starts a state machine.</summary>
    public bool IsStub(MethodDefinition method) => stubs.Contains(method);

    /// <summary>Whether the type is a state machine.</summary>
    public bool Contains(TypeDefinition type) => sources.ContainsKey(type) || IsAsync(type);

    /// <summary>The method that a state machine was made of; null if no attribute says.</summary>
    public MethodDefinition? SourceOf(TypeDefinition type) => sources.TryGetValue(type, out var source) ? source : null;

    /// <summary>Whether the method is the one that holds the user's code, entered at first and on each resume.</summary>
    public bool IsMoveNext(MethodDefinition method) =>
        method.Name == "MoveNext" && !method.HasParameters && !method.IsStatic && Contains(method.DeclaringType);

    /// <summary>Whether a call of the method hands out a state machine to be run from its start.</summary>
    public bool BeginsEnumeration(MethodDefinition method) =>
        Contains(method.DeclaringType) && method.Overrides.Any(implemented =>
            implemented.Name is "GetEnumerator" or "GetAsyncEnumerator");

    static bool IsAsync(TypeDefinition type) => type.Interfaces.Any(implemented =>
        implemented.InterfaceType.Name == AsyncInterface && implemented.InterfaceType.Namespace == Namespace);

    static TypeDefinition? StateMachineOf(MethodDefinition method) =>
        method.CustomAttributes
            .Where(attribute => Attributes.Contains(attribute.AttributeType.Name)
                && attribute.AttributeType.Namespace == Namespace && attribute.ConstructorArguments.Count == 1)
            .Select(attribute => (attribute.ConstructorArguments[0].Value as TypeReference)?.Resolve())
            .FirstOrDefault();
}
