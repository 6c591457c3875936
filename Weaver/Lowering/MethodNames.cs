using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Gives each method the label that its row will have: what the user wrote, and where.</summary>
sealed class MethodNames(ModuleDefinition module, StateMachines stateMachines, MovedCode movedCode)
{
    readonly SourcePlaces places = new(module);
    readonly Dictionary<TypeDefinition, string> nameOfType = [];

    /// <summary>The name of <paramref name="method"/> without what tells it from overloads.</summary>
    public string FullNameOf(MethodDefinition method) => NameOf(stateMachines.UserMethodOf(method));

    /// <summary>The labels of <paramref name="methods"/>, in their order. Overloads get the types of their parameters, and
    /// what is still alike, such as two lambdas on a line, a number: no two methods share a label.</summary>
    public IReadOnlyList<Label> LabelsOf(IReadOnlyList<MethodDefinition> methods)
    {
        var labels = new Label[methods.Count];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = LabelOf(methods[i]);
        var namesakes = Namesakes(labels);
        foreach (var overloads in namesakes)
        {
            if (overloads.Exists(i => IsPartOfMethod(methods[i])))
                continue;
            foreach (var i in overloads)
                Rename(i, labels[i].Name + ParametersOf(stateMachines.UserMethodOf(methods[i])));
        }
        foreach (var alike in namesakes.SelectMany(methods => methods).GroupBy(i => (labels[i].File, labels[i].Line, labels[i].Name)).ToList())
        {
            var number = 1;
            foreach (var i in alike.Skip(1))
                Rename(i, $"{labels[i].Name}#{++number}");
        }
        return labels;

        void Rename(int i, string name) => labels[i] = labels[i] with { Name = name };
    }

    // Most methods have a name of their own, and need no list.
    static List<List<int>> Namesakes(Label[] labels)
    {
        var first = new Dictionary<string, int>(labels.Length, StringComparer.Ordinal);
        var namesakes = new Dictionary<int, List<int>>();
        for (var i = 0; i < labels.Length; i++)
        {
            var name = labels[i].Name;
            if (!first.TryGetValue(name, out var other))
                first.Add(name, i);
            else if (namesakes.TryGetValue(other, out var list))
                list.Add(i);
            else
                namesakes.Add(other, [other, i]);
        }
        return [.. namesakes.Values];
    }

    // A line tells it from others of the same name, parameters do not.
    bool IsPartOfMethod(MethodDefinition method)
    {
        var source = stateMachines.UserMethodOf(method);
        return movedCode.NameOf(source) is not null || CompilerName.Parse(source.Name).Kind == CompilerNameKind.Lambda;
    }

    string NameOf(MethodDefinition method)
    {
        if (movedCode.NameOf(method) is not { } name)
        {
            var type = NameOf(method.DeclaringType);
            var member = MemberName.Of(method);
            return type.Length == 0 ? member : $"{type}.{member}";
        }
        var around = movedCode.ValueAround(method) is { } value
            ? $"{NameOf(value.DeclaringType)}.{value.Name}"
            : NameOf(movedCode.UserMethodOf(method));
        return around + "." + (stateMachines.IsMoveNext(method) ? OfMachine(method, name) : MemberName.OfMoved(method, name));
    }

    // What F# made of "task { … }" and "seq { … }" in the midst of a method has no name.
    static string OfMachine(MethodDefinition moveNext, string name) =>
        name.Length > 0 ? name : moveNext.Name == "MoveNext" ? "<task>" : "<seq>";

    string NameOf(TypeDefinition type)
    {
        if (!nameOfType.TryGetValue(type, out var name))
            nameOfType.Add(type, name = TypeNames.FullName(type));
        return name;
    }

    static string ParametersOf(MethodDefinition method) =>
        $"({string.Join(",", method.Parameters.Select(parameter => TypeNames.InSignature(parameter.ParameterType)))})";

    Label LabelOf(MethodDefinition method)
    {
        var (file, line) = places.Of(method);
        var source = stateMachines.UserMethodOf(method);
        return new(file, line, NameOf(source), NameOf(TypeOf(source)).Length);
    }

    // The type at the beginning of a method's name.
    TypeDefinition TypeOf(MethodDefinition method) =>
        movedCode.NameOf(method) is null ? method.DeclaringType
        : movedCode.ValueAround(method) is { } value ? value.DeclaringType
        : TypeOf(movedCode.UserMethodOf(method));
}
