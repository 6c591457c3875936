using System.Text;

namespace ProfilerWeaver;

/// <summary>Writes files so that a reader, or a failure, meets either the old content or the whole new one.</summary>
static class AtomicFile
{
    /// <summary>How long the name of a file may be almost everywhere: bytes of UTF-8 on Unix, UTF-16 code units on
    /// Windows.</summary>
    public const int LongestName = 255;

    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public static void Write(string path, Action<Stream> write) => Explained(path, target =>
    {
        if (IsDevice(target))
            WriteTo(target, FileMode.Open, write);
        else
            WriteAndRename(target, write);
    });

    /// <summary>Makes sure, as far as that can be known, that the file could be written now. It is not touched.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Check(string path) => Explained(path, target =>
    {
        if (Directory.Exists(target))
            throw new IOException("It is a folder.");
        if (IsDevice(target))
            return;
        if (LengthOfName(Path.GetFileName(target)) is > LongestName and var length)
            throw new IOException($"The name is {length} bytes long, and {LongestName} is the most that is possible.");
        var temporary = Temporary(target);
        WriteTo(temporary, FileMode.CreateNew, _ => { });
        File.Delete(temporary);
    });

    static void Explained(string path, Action<string> act)
    {
        try
        {
            act(Target(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IOException($"'{path}' could not be written: {e.Message} Check that the folder exists and is "
                + "writable, or choose another file.", e);
        }
    }

    static void WriteAndRename(string target, Action<Stream> write)
    {
        var temporary = Temporary(target);
        try
        {
            WriteTo(temporary, FileMode.CreateNew, write);
#if NET
            File.Move(temporary, target, overwrite: true);
#else
            if (File.Exists(target))
                File.Replace(temporary, target, null);
            else
                File.Move(temporary, target);
#endif
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The length of a file's name as <see cref="LongestName"/> limits it.</summary>
    public static int LengthOfName(string name) =>
        Path.DirectorySeparatorChar == '\\' ? name.Length : Encoding.UTF8.GetByteCount(name);

    // Not the target's name with something after it, which may be too long.
    static string Temporary(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, Path.GetRandomFileName() + ".tmp");

    static void WriteTo(string path, FileMode mode, Action<Stream> write)
    {
        using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.None, bufferSize: 1);
        write(stream);
    }

    /// <summary>The file itself where the path is a symbolic link, or the link would be replaced.</summary>
    static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        // Not what it links to: /dev/stdout leads to a pipe, which has no path.
        if (IsDevice(full))
            return full;
#if NET
        return File.Exists(full) && (File.GetAttributes(full) & FileAttributes.ReparsePoint) != 0
            && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target
            ? target.FullName
            : full;
#else
        return full;
#endif
    }

    /// <summary>Whether the path is something like /dev/null, which must not be replaced.</summary>
    public static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
