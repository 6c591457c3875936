namespace ProfilerWeaver;

/// <summary>What a method is known by where neither its file nor its line matters, because both change between two builds.</summary>
static class MethodNames
{
    /// <summary>The full name; that of a method outside the woven assemblies in braces, as pstats prints it.</summary>
    public static string Of(MethodLabel label) => label.IsExternal ? label.ToString() : label.Name;

    /// <summary>The same profile with methods that are told apart by their names alone.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="renamed">For names that others are to be taken for, those.</param>
    public static ProfileData OnlyNames(ProfileData profile, IReadOnlyDictionary<string, string>? renamed = null) => profile with
    {
        Methods = [.. profile.Methods.Select(label => new MethodLabel("", 0, Renamed(Of(label), renamed)))],
    };

    /// <summary>The name that another one is to be taken for, or itself.</summary>
    public static string Renamed(string name, IReadOnlyDictionary<string, string>? renamed) =>
        renamed is not null && renamed.TryGetValue(name, out var other) ? other : name;
}
