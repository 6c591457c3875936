using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Finds what the user marked with <c>[NoProfile]</c>, which covers everything inside: the types in an assembly,
/// the members of a type, the accessors of a property, the lambdas and local functions of a method.</summary>
sealed class NoProfile
{
    const string AttributeName = RecorderMember.NoProfileAttribute;

    // Whether the module knows the attribute at all.
    readonly bool isUsed;
    readonly bool onAssembly;
    readonly StateMachines stateMachines;
    readonly MovedCode movedCode;
    readonly HashSet<(TypeDefinition Type, string Member)> members = [];

    public NoProfile(ModuleDefinition module, IEnumerable<TypeDefinition> types, StateMachines stateMachines,
        MovedCode movedCode)
    {
        this.stateMachines = stateMachines;
        this.movedCode = movedCode;
        isUsed = module.TryGetTypeReference(AttributeName, out _) || module.GetType(AttributeName) is not null;
        if (!isUsed)
            return;
        onAssembly = HasAttribute(module.Assembly) || HasAttribute(module);
        foreach (var type in types)
        {
            foreach (var method in type.Methods.Where(HasAttribute))
                members.Add((type, method.Name));
            foreach (var property in type.Properties.Where(HasAttribute))
                AddAll(property.GetMethod, property.SetMethod);
            foreach (var @event in type.Events.Where(HasAttribute))
                AddAll(@event.AddMethod, @event.RemoveMethod);
        }

        void AddAll(params MethodDefinition?[] accessors)
        {
            foreach (var accessor in accessors)
            {
                if (accessor is not null)
                    members.Add((accessor.DeclaringType, accessor.Name));
            }
        }
    }

    /// <summary>Whether the mark covers the method.</summary>
    public bool Covers(MethodDefinition method)
    {
        if (!isUsed || onAssembly)
            return onAssembly;
        var source = movedCode.UserMethodOf(stateMachines.UserMethodOf(method));
        for (var type = source.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (HasAttribute(type))
                return true;
        }
        if (HasAttribute(source) || IsMarked(source.DeclaringType, source.Name))
            return true;
        return CompilerName.Parse(source.Name) is { Kind: not CompilerNameKind.None } name
            && IsMarked(TypeNames.UserTypeOf(source), name.Outer);
    }

    bool IsMarked(TypeDefinition type, string member) => members.Contains((type, member));

    static bool HasAttribute(ICustomAttributeProvider provider) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == AttributeName);
}
