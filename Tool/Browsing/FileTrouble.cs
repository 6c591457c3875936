namespace ProfilerWeaver.Tool;

/// <summary>Why a file could not be opened, in the words of the C library, which Python prints.</summary>
/// <param name="Number">The error number (errno).</param>
/// <param name="Text">What it means.</param>
sealed record FileTrouble(int Number, string Text)
{
    public string WithNumber => $"[Errno {Number}] {Text}";

    /// <returns>The trouble; null if it is none that the C library has a word for.</returns>
    public static FileTrouble? Of(Exception exception, string path) => exception switch
    {
        FileNotFoundException => new(2, "No such file or directory"),
        ArgumentException when path.Length == 0 => new(2, "No such file or directory"),
        DirectoryNotFoundException => IsBelowFile(path) ? new(20, "Not a directory") : new(2, "No such file or directory"),
        UnauthorizedAccessException => Directory.Exists(path) ? new(21, "Is a directory") : new(13, "Permission denied"),
        PathTooLongException => new(36, "File name too long"),
        _ => null,
    };

    static bool IsBelowFile(string path)
    {
        for (var parent = Path.GetDirectoryName(path); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
                return true;
        }
        return false;
    }
}
