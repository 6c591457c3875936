using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ProfilerWeaver.Tool;

/// <summary>Finds type arguments that a generic type or method accepts.</summary>
[RequiresUnreferencedCode(BodyReader.TakesJit), RequiresDynamicCode(BodyReader.TakesJit)]
static class Instantiation
{
    /// <summary>The type with arguments; itself if it is not generic; null if none fit.</summary>
    public static Type? Of(Type type) =>
        type.IsGenericTypeDefinition ? FirstAccepted(type.GetGenericArguments(), type.MakeGenericType) : type;

    /// <summary>The generic method with arguments; null if none fit.</summary>
    public static MethodInfo? Of(MethodInfo method) =>
        FirstAccepted(method.GetGenericArguments(), method.MakeGenericMethod);

    static T? FirstAccepted<T>(Type[] parameters, Func<Type[], T> make)
        where T : class
    {
        var candidates = parameters.Select(CandidatesFor).ToArray();
        var most = candidates.Max(list => list.Count);
        // The same choice for every parameter fits mostly; otherwise one by one, up to a limit.
        foreach (var choice in Choices(candidates, most).Take(2000))
        {
            try
            {
                return make(choice);
            }
            catch (Exception e) when (e is ArgumentException or TypeLoadException or NotSupportedException)
            {
                // Violates a constraint: the next one.
            }
        }
        return null;
    }

    static IEnumerable<Type[]> Choices(List<Type>[] candidates, int most)
    {
        for (var i = 0; i < most; i++)
            yield return [.. candidates.Select(list => list[Math.Min(i, list.Count - 1)])];
        IEnumerable<Type[]> all = [[]];
        foreach (var list in candidates)
            all = all.SelectMany(chosen => list.Select(candidate => (Type[])[.. chosen, candidate]));
        foreach (var choice in all)
            yield return choice;
    }

    static List<Type> CandidatesFor(Type parameter)
    {
        List<Type> candidates = [];
        foreach (var constraint in parameter.GetGenericParameterConstraints())
        {
            if (!constraint.ContainsGenericParameters && constraint != typeof(ValueType))
                candidates.Add(constraint);
            candidates.AddRange(ImplementationsOf(constraint));
        }
        var attributes = parameter.GenericParameterAttributes;
        if ((attributes & GenericParameterAttributes.NotNullableValueTypeConstraint) == 0)
            candidates.AddRange([typeof(object), typeof(string)]);
        candidates.AddRange([typeof(int), typeof(DayOfWeek), typeof(double), typeof(Guid)]);
        return candidates;
    }

    // In the assembly of the constraint, or of what it constrains.
    static IEnumerable<Type> ImplementationsOf(Type constraint)
    {
        var definition = constraint.IsGenericType ? constraint.GetGenericTypeDefinition() : constraint;
        return definition.Assembly.GetTypes().Where(type =>
                !type.IsAbstract && !type.ContainsGenericParameters && type != definition
                && (type.IsSubclassOf(definition) || Implements(type, definition)))
            .Take(20);
    }

    static bool Implements(Type type, Type definition) => type.GetInterfaces().Any(implemented =>
        (implemented.IsGenericType ? implemented.GetGenericTypeDefinition() : implemented) == definition);
}
