namespace ProfilerWeaver;

/// <summary>The text of source files, as far as they are still there.</summary>
static class SourceTexts
{
    // More is no source that somebody reads.
    const long LongestFile = 4 << 20;

    /// <summary>The files of methods, in their order, and what is in them.</summary>
    public static IReadOnlyList<(string File, string Text)> Of(IEnumerable<MethodLabel> labels)
    {
        var texts = new List<(string, string)>();
        foreach (var file in labels.Where(label => !label.IsExternal && label.Line > 0).Select(label => label.File).Distinct())
        {
            if (TextOf(file) is { } text)
                texts.Add((file, text));
        }
        return texts;
    }

    static string? TextOf(string file)
    {
        try
        {
            var info = new FileInfo(file);
            // Of a device or a pipe, reading never ends.
            return info.Exists && info.Length is > 0 and <= LongestFile ? File.ReadAllText(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
