using System.Buffers;

namespace ProfilerWeaver.Tool;

/// <summary>Completes the commands and keys that Python's browser completes, and file names as well.</summary>
static class BrowserCompletion
{
    // Where readline, as Python sets it up, lets a word begin.
    static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?");

    /// <summary>What can stand at the end of a line.</summary>
    /// <param name="line">The line up to the cursor.</param>
    public static Completion Of(string line)
    {
        var wordStart = line.AsSpan().LastIndexOfAny(Delimiters) + 1;
        var command = line.TrimStart();
        var commandStart = line.Length - command.Length;
        if (wordStart <= commandStart)
            return Beginning(BrowserHelp.Commands, line, wordStart);
        if (command[0] == '?')
            return Beginning(BrowserHelp.Commands, line, wordStart);
        var argumentsStart = line.IndexOfAny([' ', '\t'], commandStart);
        if (argumentsStart < 0)
            return new(wordStart, []);
        return line[commandStart..argumentsStart] switch
        {
            "help" => Beginning(BrowserHelp.Commands, line, wordStart),
            "sort" => Beginning(SortOrder.PstatsNames.Select(name => name.Key), line, wordStart),
            "read" or "add" => File(line, argumentsStart + line[argumentsStart..].TakeWhile(char.IsWhiteSpace).Count()),
            _ => new(wordStart, []),
        };
    }

    static Completion Beginning(IEnumerable<string> words, string line, int start) =>
        new(start, [.. words.Where(word => word.StartsWith(line[start..], StringComparison.Ordinal))]);

    /// <summary>The whole rest of the line is the name, with all its blanks.</summary>
    static Completion File(string line, int start)
    {
        var path = line[start..];
        var nameStart = path.LastIndexOfAny([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]) + 1;
        var (folder, name) = (path[..nameStart], path[nameStart..]);
        try
        {
            var entries = new DirectoryInfo(folder.Length == 0 ? "." : folder).EnumerateFileSystemInfos()
                .Where(entry => entry.Name.StartsWith(name, StringComparison.Ordinal) && (name.Length > 0 || entry.Name[0] != '.'))
                .Select(entry => folder + entry.Name + (entry is DirectoryInfo ? "/" : ""))
                .Order(StringComparer.Ordinal);
            return new(start, [.. entries]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What cannot be listed has nothing to complete.
            return new(start, []);
        }
    }
}
