using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ProfilerWeaver.Tool;

/// <summary>Small files of texts, each ended by a zero: the one character that no path has.</summary>
static class FieldFile
{
    /// <summary>Makes a file that only the user can read, and holds it exclusively.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    public static void Write(FileStream file, IEnumerable<string> fields) =>
        file.Write(Encoding.UTF8.GetBytes(string.Concat(fields.Select(field => field + "\0"))));

    /// <summary>The texts of a file; null if it cannot be read.</summary>
    public static string[]? Read(string path)
    {
        try
        {
            using var file = Open(path);
            return Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens a file to read; as long as it is open, nobody can hold it exclusively.</summary>
    public static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    // Quicker to load than what reads streams.
    public static string[] Read(SafeFileHandle file)
    {
        var bytes = new byte[RandomAccess.GetLength(file)];
        var length = RandomAccess.Read(file, bytes, 0);
        return length == 0 ? [] : Encoding.UTF8.GetString(bytes, 0, length).Split('\0')[..^1];
    }
}
