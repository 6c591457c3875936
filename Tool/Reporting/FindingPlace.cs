namespace ProfilerWeaver.Tool;

/// <summary>The line of a file at which a finding is shown: of the source, if it is below the folder in which the tool was started,
/// otherwise of the file that says what must hold.</summary>
/// <param name="File">A path from the current folder.</param>
/// <param name="Line">The line, from 1.</param>
readonly record struct FindingPlace(string File, int Line)
{
    public static FindingPlace Of(Finding finding)
    {
        if (finding.Method is { IsExternal: false, Line: > 0 } method && Relative(method.File) is { } source)
            return new(source, method.Line);
        return new((Relative(finding.Source.File) ?? finding.Source.File).Replace('\\', '/'), Math.Max(1, finding.Source.Line));
    }

    static string? Relative(string file)
    {
        var path = Path.GetRelativePath(Environment.CurrentDirectory, file).Replace('\\', '/');
        return path.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(path) ? null : path;
    }
}
