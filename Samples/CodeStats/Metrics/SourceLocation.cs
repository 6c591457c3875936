namespace CodeStats.Metrics;

/// <summary>A line of a file.</summary>
/// <param name="Path">The path from the folder that is analysed.</param>
/// <param name="Line">The line, from 1.</param>
readonly record struct SourceLocation(string Path, int Line) : IComparable<SourceLocation>
{
    public int CompareTo(SourceLocation other)
    {
        var order = string.CompareOrdinal(Path, other.Path);
        return order != 0 ? order : Line.CompareTo(other.Line);
    }

    public override string ToString() => $"{Path}:{Line}";
}
