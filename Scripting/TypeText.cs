namespace ProfilerWeaver.Scripting;

/// <summary>Types as they are written in C#.</summary>
static class TypeText
{
    /// <summary>The type of a variable that holds <paramref name="value"/>: that of the value, or its nearest base that is
    /// public.</summary>
    public static string Of(object? value)
    {
        for (var type = value?.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            if (Find(type) is { } name)
                return name;
        }
        return "dynamic";
    }

    static string? Find(Type type)
    {
        if (type.IsArray)
            return ArrayOf(type);
        if (!type.IsVisible || type.Assembly.IsDynamic)
            return null;
        var arguments = type.GetGenericArguments();
        var names = Array.ConvertAll(arguments, Find);
        return names.Contains(null) ? null : WithArguments(type, names);
    }

    // The rank of the outermost array comes first: int[,][] holds arrays int[].
    static string? ArrayOf(Type type)
    {
        var ranks = "";
        for (; type.IsArray; type = type.GetElementType()!)
            ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
        return Find(type) is { } element ? element + ranks : null;
    }

    // A nested type repeats the parameters of the types around it.
    static string WithArguments(Type type, string?[] names)
    {
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var prefix = type.DeclaringType is { } outer ? WithArguments(outer, names[..inherited]) + "."
            : type.Namespace is { } space ? $"global::{space}."
            : "global::";
        var own = names[inherited..];
        return prefix + type.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own)}>");
    }
}
