namespace ProfilerWeaver;

/// <summary>
/// What identifies a row of a profile: the file, the line and the name of a method, as in the keys of a pstats table.
/// </summary>
/// <param name="File">The source file, with <c>/</c> as separator; the assembly's file name if no source is known;
/// <c>~</c> for a method outside the woven assemblies.</param>
/// <param name="Line">The line of the method's first statement, counted from 1; 0 if unknown.</param>
/// <param name="Name">The full name as the user wrote it, for example <c>Shop.Repository.Load</c>. For an external
/// method the name is in angle brackets, as in CPython: <c>&lt;System.IO.File.ReadAllText&gt;</c>.</param>
public readonly record struct MethodLabel(string File, int Line, string Name) : IComparable<MethodLabel>
{
    /// <summary>What a scope has in place of a file.</summary>
    internal const string ScopeFile = "scope";

    const string ExternalFile = "~";

    /// <summary>The simple name of the method's assembly, for example <c>Shop</c>; of a method outside the woven assemblies, that of the
    /// one that its callers refer to. Null if it is not known. It does not tell labels apart.</summary>
    public string? Assembly => Origin?.Assembly;

    /// <summary>Namespace and type, the beginning of <see cref="Name"/>, for example <c>Shop.Repository</c>; empty if the method has no
    /// type. Null if it is not known.</summary>
    public string? Type => Origin is { } origin ? Name.Substring(IsExternal ? 1 : 0, origin.TypeLength) : null;

    /// <summary>What the row stands for; <see cref="MethodKind.Method"/> if nothing else is known.</summary>
    public MethodKind Kind =>
        IsExternal ? MethodKind.External : File == ScopeFile ? MethodKind.Scope : Origin?.Kind ?? MethodKind.Method;

    /// <summary>What is known beside the label. It is no part of it.</summary>
    internal MethodOrigin? Origin { get; init; }

    /// <summary>Creates the label of a method outside the woven assemblies.</summary>
    /// <param name="fullName">Namespace, type and name, for example <c>System.IO.File.ReadAllText</c>.</param>
    public static MethodLabel External(string fullName) => new(ExternalFile, 0, "<" + fullName + ">");

    /// <summary>Whether the label is that of a method outside the woven assemblies.</summary>
    public bool IsExternal => Line == 0 && File == ExternalFile;

    /// <summary>
    /// The text that pstats prints for the label: <c>file:line(name)</c>, <c>{name}</c> for an external method.
    /// </summary>
    public override string ToString()
    {
        if (!IsExternal)
            return $"{File}:{Line}({Name})";
        return Name.StartsWith("<", StringComparison.Ordinal) && Name.EndsWith(">", StringComparison.Ordinal)
            ? "{" + Name.Substring(1, Name.Length - 2) + "}"
            : Name;
    }

    /// <summary>The same text, with what must not reach a terminal escaped.</summary>
    internal string ToPrintable() => Printable.Text(ToString());

    /// <summary>Whether file, line and name are the same.</summary>
    public bool Equals(MethodLabel other) => Line == other.Line && Name == other.Name && File == other.File;

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(((Name?.GetHashCode() ?? 0) * 31 + Line) * 31 + (File?.GetHashCode() ?? 0));

    /// <summary>Orders by file, line and name; text by code point, as Python does.</summary>
    public int CompareTo(MethodLabel other)
    {
        var order = CodePointOrder.Compare(File, other.File);
        if (order == 0)
            order = Line.CompareTo(other.Line);
        return order != 0 ? order : CodePointOrder.Compare(Name, other.Name);
    }

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(MethodLabel left, MethodLabel right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(MethodLabel left, MethodLabel right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(MethodLabel left, MethodLabel right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(MethodLabel left, MethodLabel right) => left.CompareTo(right) >= 0;
}
