using Mono.Cecil;

namespace ProfilerWeaver.Weaving;

/// <summary>Gives each method the label that its row will have: what the user wrote, and where.</summary>
sealed class MethodNames(ModuleDefinition module, StateMachines stateMachines)
{
    readonly Dictionary<TypeDefinition, string> fileOfType = [];

    /// <summary>The name of <paramref name="method"/> without what tells it from overloads.</summary>
    public string FullNameOf(MethodDefinition method) => NameOf(SourceOf(method));

    /// <summary>The labels of <paramref name="methods"/>. Overloads get the types of their parameters, and what is still
    /// alike, such as two lambdas on a line, a number: no two methods share a label.</summary>
    public IReadOnlyDictionary<MethodDefinition, Label> LabelsOf(IReadOnlyCollection<MethodDefinition> methods)
    {
        var names = methods.ToDictionary(method => method, method => NameOf(SourceOf(method)));
        foreach (var overloads in methods.GroupBy(method => names[method]).Where(group => group.Count() > 1).ToList())
        {
            if (overloads.Any(method => CompilerName.Parse(SourceOf(method).Name).Kind == CompilerNameKind.Lambda))
                continue;
            foreach (var method in overloads)
                names[method] += ParametersOf(SourceOf(method));
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

    // The user's code of an async method or iterator is in MoveNext; its name is that of the method that starts it.
    MethodDefinition SourceOf(MethodDefinition method) =>
        stateMachines.IsMoveNext(method) ? stateMachines.SourceOf(method.DeclaringType) ?? method : method;

    static string NameOf(MethodDefinition method) => TypeNames.FullName(method.DeclaringType) + "." + MemberName.Of(method);

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
