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
    const string ExternalFile = "~";

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
