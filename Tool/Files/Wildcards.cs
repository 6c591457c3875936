namespace ProfilerWeaver.Tool;

/// <summary>Characters that make the name of a file a pattern.</summary>
static class Wildcards
{
    /// <summary>Whether a name, which is no file's, looks like a pattern.</summary>
    public static bool IsIn(string name) => name.Contains('*', StringComparison.Ordinal) || IsOnlyKnownToShells(name);

    /// <summary>Whether it has some that shells replace, but <see cref="ProfilePattern"/> does not.</summary>
    public static bool IsOnlyKnownToShells(string name) =>
        name.Contains('?', StringComparison.Ordinal) || name.IndexOf('[', StringComparison.Ordinal) is >= 0 and var open && name.IndexOf(']', open) > 0;
}
