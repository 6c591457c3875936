using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Turns the <c>Output</c> setting into the absolute path of a file.</summary>
static class OutputPath
{
    /// <summary>A profile of its own for what is recorded in the midst of the program: none is to be overwritten that nobody has
    /// named.</summary>
    public static string OfRunning => Resolve(Placeholder.Program + "-" + Placeholder.Process + "-" + Placeholder.Time + ".prof");

    /// <summary>Replaces the placeholders <c>{name}</c> (the program), <c>{pid}</c> (the process) <c>{time}</c> (now,
    /// as <c>20261122-153000</c>) and <c>{{}</c> (a brace) and makes the path absolute: the program may change its
    /// directory later.</summary>
    /// <exception cref="ArgumentException">There is another placeholder, or the result is no file's path.</exception>
    public static string Resolve(string pattern)
    {
        var filled = Fill(pattern);
#if NET8_0_OR_GREATER
        if (!AtomicFile.IsDevice(filled) && LinuxFile.TryResolve(filled) is { } plain)
            return plain;
#endif
        var path = Path.GetFullPath(filled);
        if (Directory.Exists(path) || Path.GetFileName(path).Length == 0)
        {
            throw new ArgumentException($"the output {path} is a folder: give the path of a file, for example " +
                Path.Combine(path, Placeholder.DefaultOutput));
        }
        return !AtomicFile.IsDevice(path) && File.Exists(path) && IsPipe(path)
            ? throw new ArgumentException($"the output {path} is a pipe: give the path of a file")
            : path;
    }

    static bool IsPipe(string path)
    {
        try
        {
            // For both: to open one end of a pipe would wait for the other one.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
            return !stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // By hand: a regular expression would cost every start of a program some milliseconds, and still one what .NET has to
    // search and to build texts.
    static string Fill(string pattern)
    {
        var path = "";
        var end = 0;
        for (var open = Find('{', 0); open < pattern.Length; open = Find('{', end))
        {
            var close = Find('}', open);
            if (close == pattern.Length)
                break;
            path += pattern.Substring(end, open - end) + Value(pattern.Substring(open, close + 1 - open));
            end = close + 1;
        }
        return path + pattern.Substring(end);

        int Find(char character, int from)
        {
            while (from < pattern.Length && pattern[from] != character)
                from++;
            return from;
        }

        string Value(string placeholder) => placeholder switch
        {
            Placeholder.Brace => "{",
            Placeholder.Program => ThisProcess.Name,
            Placeholder.Process => ThisProcess.Id.ToString(CultureInfo.InvariantCulture),
            Placeholder.Time => DateTime.Now.ToString(Placeholder.TimeFormat, CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"the output {pattern} has the unknown placeholder {placeholder}: " +
                $"{Placeholder.Program}, {Placeholder.Process} and {Placeholder.Time} are known, and {Placeholder.Brace} for a brace"),
        };
    }
}
