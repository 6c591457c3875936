using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Gives each method the label that its row will have: what the user wrote, and where.</summary>
sealed class MethodNames(ModuleDefinition module, StateMachines stateMachines, MovedCode movedCode)
{
    readonly Dictionary<TypeDefinition, string> fileOfType = [];

    /// <summary>The name of <paramref name="method"/> without what tells it from overloads.</summary>
    public string FullNameOf(MethodDefinition method) => NameOf(stateMachines.UserMethodOf(method));

    /// <summary>The labels of <paramref name="methods"/>. Overloads get the types of their parameters, and what is still
    /// alike, such as two lambdas on a line, a number: no two methods share a label.</summary>
    public IReadOnlyDictionary<MethodDefinition, Label> LabelsOf(IReadOnlyCollection<MethodDefinition> methods)
    {
        var names = methods.ToDictionary(method => method, FullNameOf);
        foreach (var overloads in methods.GroupBy(method => names[method]).Where(group => group.Count() > 1).ToList())
        {
            if (overloads.Any(IsPartOfMethod))
                continue;
            foreach (var method in overloads)
                names[method] += ParametersOf(stateMachines.UserMethodOf(method));
        }
        var labels = methods.ToDictionary(method => method, method => At(method, names[method]));
        foreach (var alike in methods.GroupBy(method => labels[method]).Where(group => group.Count() > 1).ToList())
        {
            var number = 1;
            foreach (var method in alike.Skip(1))
                labels[method] = labels[method] with { Name = $"{labels[method].Name}#{++number}" };
        }
        return labels;
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
            var type = TypeNames.FullName(method.DeclaringType);
            return (type.Length == 0 ? "" : type + ".") + MemberName.Of(method);
        }
        return NameOf(movedCode.UserMethodOf(method)) + "." + MemberName.OfMoved(method, name, stateMachines);
    }

    static string ParametersOf(MethodDefinition method) =>
        $"({string.Join(",", method.Parameters.Select(parameter => TypeNames.InSignature(parameter.ParameterType)))})";

    Label At(MethodDefinition method, string name)
    {
        var point = method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden);
        return point is null
            ? new(FileOf(method.DeclaringType), 0, name)
            : new(WithSlashes(point.Document.Url), point.StartLine, name);
    }

    // A method that the compiler made without a line of source belongs to the file of its type.
    string FileOf(TypeDefinition type)
    {
        if (!fileOfType.TryGetValue(type, out var file))
        {
            file = type.Methods.SelectMany(method => method.DebugInformation.SequencePoints)
                .Select(point => WithSlashes(point.Document.Url)).FirstOrDefault()
                ?? (type.DeclaringType is { } outer ? FileOf(outer) : module.Name);
            fileOfType.Add(type, file);
        }
        return file;
    }

    static string WithSlashes(string path) => path.Replace('\\', '/');
}
