using System.Linq.Expressions;
using System.Reflection;

namespace ProfilerWeaver;

/// <summary>A method that a test names, by text or in code.</summary>
sealed class MethodChoice
{
    readonly string text;
    readonly IReadOnlyList<NamePattern> patterns;
    readonly bool isScope;

    MethodChoice(string text, IReadOnlyList<NamePattern> patterns, bool isScope = false) =>
        (this.text, this.patterns, this.isScope) = (text, patterns, isScope);

    public static MethodChoice Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new(name, [new(name)]);
    }

    public static MethodChoice OfScope(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return new($"scope \"{label}\"", [], isScope: true);
    }

    public static MethodChoice Of(Delegate method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Of(method.Method);
    }

    /// <exception cref="ArgumentException">It is more, or less, than a call.</exception>
    public static MethodChoice Of(Expression<Action> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Body switch
        {
            MethodCallExpression { Method: var method } => Of(method),
            NewExpression { Constructor: { } constructor } => Of(constructor),
            var other => throw new ArgumentException($"Expected one call, such as () => repository.Load(0), not '{other}'.", nameof(call)),
        };
    }

    /// <summary>The methods of a profile that are meant; all overloads of it.</summary>
    /// <exception cref="UnknownMethodException">There are none.</exception>
    public IReadOnlySet<string> Find(GatedProfile profile) =>
        FindOrNone(profile) is { Count: > 0 } found ? found : profile.FindAny(patterns[0]);

    /// <inheritdoc cref="Find"/>
    /// <returns>None if there are none.</returns>
    public IReadOnlySet<string> FindOrNone(GatedProfile profile)
    {
        if (isScope)
            return profile.FindScope(text["scope \"".Length..^1]);
        foreach (var pattern in patterns)
        {
            if (profile.Find(pattern) is { Count: > 0 } found)
                return found;
        }
        return new HashSet<string>();
    }

    public override string ToString() => text;

    /// <summary>A method as code knows it; all overloads of it.</summary>
    public static MethodChoice Of(MethodBase method)
    {
        var type = method.DeclaringType is { } declaring ? NameOf(declaring) : "";
        var member = method.IsConstructor ? type[(type.LastIndexOf('.') + 1)..] : method.Name;
        var name = type.Length == 0 ? member : $"{type}.{member}";
        // Whether it is woven, only the profile tells.
        return new(name, [new(name), new($"{{{name}}}")]);
    }

    // As the weaver has it, without type parameters, which patterns need not name.
    static string NameOf(Type type)
    {
        var name = type.Name.IndexOf('`', StringComparison.Ordinal) is > 0 and var tick ? type.Name[..tick] : type.Name;
        return type.DeclaringType is { } outer ? $"{NameOf(outer)}.{name}"
            : string.IsNullOrEmpty(type.Namespace) ? name
            : $"{type.Namespace}.{name}";
    }
}
