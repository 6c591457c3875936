using System.Reflection;

namespace ProfilerWeaver.Tests.Corpus;

/// <summary>Finds type arguments that satisfy the constraints of generic types and methods.</summary>
sealed class FittingTypes(Assembly assembly)
{
    static readonly Type[] References = [typeof(object), typeof(string), typeof(List<int>), typeof(Action),
        typeof(Exception)];
    static readonly Type[] Values = [typeof(int), typeof(Guid), typeof(KeyValuePair<int, string>), typeof(DayOfWeek),
        typeof(System.Runtime.CompilerServices.TaskAwaiter)];

    readonly Type[] own = [.. assembly.GetTypes().Where(type => !type.ContainsGenericParameters && !type.IsByRefLike)];

    /// <summary>Arguments for the type and the method, in that order: once of references, which share one body, and
    /// once of values, which have one each, as far as the constraints allow. Empty if nothing fits.</summary>
    public IReadOnlyList<Type[]> For(MethodBase method)
    {
        Type[] parameters = [.. method.DeclaringType!.GetGenericArguments(),
            .. method.IsGenericMethodDefinition ? method.GetGenericArguments() : []];
        return parameters.Length == 0
            ? [[]]
            : [.. new Type[][] { [.. References, .. Values, .. own], [.. Values, .. References, .. own] }
                .Select(candidates => Combinations(parameters, candidates).FirstOrDefault(types => Fit(method, types)))
                .OfType<Type[]>()];
    }

    static IEnumerable<Type[]> Combinations(ReadOnlySpan<Type> parameters, Type[] candidates)
    {
        if (parameters.IsEmpty)
            return [[]];
        var last = parameters[^1];
        var fitting = Array.FindAll(candidates, candidate => MayFit(last, candidate));
        return from rest in Combinations(parameters[..^1], candidates)
               from candidate in fitting
               select (Type[])[.. rest, candidate];
    }

    // Leaves out what cannot fit whatever the other arguments are.
    static bool MayFit(Type parameter, Type candidate)
    {
        var special = parameter.GenericParameterAttributes;
        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) && !candidate.IsValueType)
            return false;
        if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) && candidate.IsValueType)
            return false;
        return parameter.GetGenericParameterConstraints().All(constraint =>
            constraint.IsGenericParameter
            || (constraint.ContainsGenericParameters
                ? Ancestors(candidate).Any(ancestor => Definition(ancestor) == Definition(constraint))
                : constraint.IsAssignableFrom(candidate)));
    }

    static IEnumerable<Type> Ancestors(Type type)
    {
        foreach (var implemented in type.GetInterfaces())
            yield return implemented;
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
    }

    static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    static bool Fit(MethodBase method, Type[] types)
    {
        try
        {
            var ofType = method.DeclaringType!.GetGenericArguments().Length;
            var type = ofType == 0 ? method.DeclaringType : method.DeclaringType.MakeGenericType(types[..ofType]);
            var definition = MethodBase.GetMethodFromHandle(method.MethodHandle, type.TypeHandle);
            if (ofType < types.Length)
                ((MethodInfo)definition!).MakeGenericMethod(types[ofType..]);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
