using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Which types of a module are state machines that a compiler made of an async method or iterator, and of which one.
/// C# and VB mark the method that the user wrote with an attribute. F# marks nothing: there it is the function that does
/// no more than begin the state machine, if there is one.
/// </summary>
sealed class StateMachines
{
    const string Namespace = "System.Runtime.CompilerServices";
    const string AsyncInterface = "IAsyncStateMachine";
    const string FSharpLibrary = "FSharp.Core";
    const string FSharpNamespace = "Microsoft.FSharp.Core.CompilerServices";
    const string FSharpSequence = "GeneratedSequenceBase`1";

    static readonly HashSet<string> Attributes =
        ["AsyncStateMachineAttribute", "IteratorStateMachineAttribute", "AsyncIteratorStateMachineAttribute"];

    readonly Dictionary<TypeDefinition, MethodDefinition> sources = [];
    readonly HashSet<MethodDefinition> stubs = [];

    public StateMachines(ModuleDefinition module, IEnumerable<TypeDefinition> types)
    {
        // The library may be linked into the module.
        var isFSharp = module.AssemblyReferences.Any(reference => reference.Name == FSharpLibrary)
            || module.GetType(FSharpNamespace, FSharpSequence) is not null;
        foreach (var method in types.SelectMany(type => type.Methods))
        {
            if ((StateMachineOf(method) ?? IteratorOfProperty(method) ?? (isFSharp ? FSharpMachineBegunBy(method) : null))
                is not { } machine)
                continue;
            sources[machine] = method;
            stubs.Add(method);
        }
    }

    /// <summary>Whether a compiler replaced the body of the method by one that makes and starts a state machine.</summary>
    public bool IsStub(MethodDefinition method) => stubs.Contains(method);

    /// <summary>Whether the type is a state machine.</summary>
    public bool Contains(TypeDefinition type) => sources.ContainsKey(type) || IsAsync(type) || IsFSharpSequence(type);

    /// <summary>The method that a state machine was made of; null if it was made of a part of one.</summary>
    public MethodDefinition? SourceOf(TypeDefinition type) => sources.TryGetValue(type, out var source) ? source : null;

    /// <summary>Whether the method is the one that holds the user's code, entered at first and on each resume.</summary>
    public bool IsMoveNext(MethodDefinition method) =>
        (method.Name == "MoveNext" && !method.HasParameters && !method.IsStatic && Contains(method.DeclaringType))
        || (method.Name == "GenerateNext" && IsFSharpSequence(method.DeclaringType));

    /// <summary>The method that the user wrote, if <paramref name="method"/> holds its code; otherwise the method
    /// itself.</summary>
    public MethodDefinition UserMethodOf(MethodDefinition method) =>
        IsMoveNext(method) ? SourceOf(method.DeclaringType) ?? method : method;

    /// <summary>Those methods of a state machine that hand it out to be run from its start.</summary>
    public IEnumerable<MethodDefinition> BeginningsOf(TypeDefinition type) => !Contains(type) ? []
        : type.Methods.Where(method => method.HasOverrides && method.Overrides.Any(implemented =>
            implemented.Name is "GetEnumerator" or "GetAsyncEnumerator"));

    /// <summary>Whether the type is the state machine of an async method or async iterator.</summary>
    public static bool IsAsync(TypeDefinition type) => type.HasInterfaces && type.Interfaces.Any(implemented =>
        implemented.InterfaceType.Name == AsyncInterface && implemented.InterfaceType.Namespace == Namespace);

    static bool IsFSharpSequence(TypeDefinition type) =>
        type.BaseType is GenericInstanceType { ElementType: var sequence } && sequence.Name == FSharpSequence && sequence.Namespace == FSharpNamespace;

    // let numbers count = seq { … } is compiled to "return new numbers@41(count, null, 0, 0)", a task to a structure that
    // is filled and started.
    static TypeDefinition? FSharpMachineBegunBy(MethodDefinition method)
    {
        if (!method.HasBody || method.Body.Instructions.Count > 200)
            return null;
        TypeDefinition? machine = null;
        foreach (var instruction in method.Body.Instructions)
        {
            switch (instruction.OpCode.Code)
            {
                case Code.Newobj or Code.Initobj when MachineIn((MemberReference)instruction.Operand) is { } found:
                    if (machine is not null)
                        return null;
                    machine = found;
                    break;
                case Code.Call when ((MethodReference)instruction.Operand).DeclaringType.Name
                    .Contains("MethodBuilder"):
                case Code.Ldnull or Code.Initobj or Code.Stfld or Code.Ldfld or Code.Ldflda or Code.Nop or Code.Ret:
                case Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 or Code.Ldarg_S or Code.Ldarg:
                case Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_S or Code.Ldloca_S or Code.Ldloca:
                case Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_S:
                case Code.Ldc_I4_0 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_I8:
                    break;
                default:
                    return null;
            }
        }
        return machine == method.DeclaringType ? null : machine;

        static TypeDefinition? MachineIn(MemberReference operand) =>
            (operand as TypeReference ?? operand.DeclaringType).GetElementType() is TypeDefinition type
            && FSharpName.Is(type.Name) && (IsAsync(type) || IsFSharpSequence(type)) ? type : null;
    }

    // VB does not mark the accessor of a property: get_Reversed makes a VB$StateMachine_6_get_Reversed.
    static TypeDefinition? IteratorOfProperty(MethodDefinition method) =>
        method is { IsGetter: true, HasBody: true, DeclaringType.HasNestedTypes: true }
            ? method.DeclaringType.NestedTypes.FirstOrDefault(type => IsIteratorOf(type, method))
            : null;

    static bool IsIteratorOf(TypeDefinition type, MethodDefinition method) =>
        type.Name.StartsWith("VB$StateMachine_", StringComparison.Ordinal) && type.Name.Contains("_" + method.Name)
        && method.Body.Instructions.Any(instruction => instruction.OpCode.Code == Code.Newobj
            && ((MethodReference)instruction.Operand).DeclaringType.GetElementType() == type);

    static TypeDefinition? StateMachineOf(MethodDefinition method)
    {
        if (!method.HasCustomAttributes)
            return null;
        foreach (var attribute in method.CustomAttributes)
        {
            if (Attributes.Contains(attribute.AttributeType.Name) && attribute.AttributeType.Namespace == Namespace
                && attribute.ConstructorArguments.Count == 1)
                return (attribute.ConstructorArguments[0].Value as TypeReference)?.Resolve();
        }
        return null;
    }
}
