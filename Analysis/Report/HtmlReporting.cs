namespace ProfilerWeaver;

/// <summary>Writes profiles as pages for a browser.</summary>
public static class HtmlReporting
{
    /// <summary>Writes a report that any browser opens, without a network: a flame graph, the table, callers and callees, all in
    /// one file. An existing file is replaced.</summary>
    /// <param name="stats">What is to be shown; without a call tree, as in files of CPython, the report has the tables only.</param>
    /// <param name="path">The file, usually <c>.html</c>.</param>
    /// <exception cref="EmptyProfileException">There are no rows.</exception>
    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public static Stats WriteHtml(this Stats stats, string path)
    {
        if (stats is null)
            throw new ArgumentNullException(nameof(stats));
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        HtmlReport.Write(stats, new(), path);
        return stats;
    }
}
