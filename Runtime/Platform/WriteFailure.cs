namespace ProfilerWeaver;

/// <summary>Why a file could not be written, and what to do about it.</summary>
static class WriteFailure
{
    /// <summary>Whether there was no room for it. .NET has no exception of its own for that: the code is that of Windows, or ENOSPC or
    /// EDQUOT of Linux or of macOS and BSD.</summary>
    public static bool IsOfDisk(Exception e) => (e.InnerException is IOException inner ? inner : e).HResult is unchecked((int)0x80070070) or 28 or 122 or 69;

    /// <summary>The reason as a sentence, without the path that .NET appends to what the system says.</summary>
    public static string Reason(Exception e)
    {
        const string beforePath = " : '";
        var text = e.Message;
        var path = text.LastIndexOf(beforePath, StringComparison.Ordinal);
        if (path > 0 && text[text.Length - 1] == '\'')
            text = text.Substring(0, path);
        return text.Length > 0 && text[text.Length - 1] is '.' or '!' ? text : text + ".";
    }

    /// <summary>What to do, as a sentence.</summary>
    public static string Advice(Exception e) => IsOfDisk(e)
        ? "Free some space, or choose another file."
        : "Check that the folder exists and is writable, or choose another file.";
}
