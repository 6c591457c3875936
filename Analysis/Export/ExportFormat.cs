namespace ProfilerWeaver;

/// <summary>A format in which profiles can be written for other tools.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Endings">How names of such files end, the usual ending first.</param>
/// <param name="Opening">How it is opened, the end of a sentence; <c>FILE</c> stands for its name.</param>
/// <param name="Writer">Writes it.</param>
sealed record ExportFormat(string Name, string[] Endings, string Opening, IProfileWriter Writer)
{
    /// <summary>How many contexts or methods are written unless told otherwise; null: all.</summary>
    public int? MaxNodes { get; init; }

    /// <summary>Whether the number of contexts or methods can be limited.</summary>
    public bool CanBeLimited { get; init; } = true;

    /// <summary>Whether a file holds one figure, which has to be chosen.</summary>
    public bool HasOneMetric { get; init; }

    /// <summary>The formats by the end of their files' names, of which the longest counts.</summary>
    /// <returns>The format; null if no ending is known.</returns>
    public static ExportFormat? ForFile(string path, IEnumerable<ExportFormat> formats)
    {
        ExportFormat? found = null;
        var length = 0;
        foreach (var format in formats)
        {
            foreach (var ending in format.Endings)
            {
                if (ending.Length > length && path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                    (found, length) = (format, ending.Length);
            }
        }
        return found;
    }
}
