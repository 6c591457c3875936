using System.Text;

namespace ProfilerWeaver;

/// <summary>Writes files so that a reader, or a failure, meets either the old content or the whole new one.</summary>
static class AtomicFile
{
    /// <summary>How long the name of a file may be almost everywhere: bytes of UTF-8 on Unix, UTF-16 code units on
    /// Windows.</summary>
    public const int LongestName = 255;

    const string Unfinished = ".tmp";
    const int RandomLength = 4;

    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public static void Write(string path, Action<Stream> write) => Explained(path, (target, temporary) =>
    {
        if (IsDevice(target))
            WriteTo(target, FileMode.Open, write);
        else
            WriteAndRename(target, temporary, write);
    });

    /// <summary>Makes sure, as far as that can be known, that the file could be written now. It is not touched.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">How large it would be.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Check(string path, int size = 0) => Explained(path, (target, temporary) =>
    {
        if (Directory.Exists(target))
            throw new IOException("It is a folder.");
        if (IsDevice(target))
            return;
        if (LengthOfName(Path.GetFileName(target)) is > LongestName and var length)
            throw new IOException($"The name is {length} bytes long, and {LongestName} is the most that is possible.");
        try
        {
            WriteTo(temporary, FileMode.CreateNew, stream => stream.Write(new byte[size], 0, size));
        }
        finally
        {
            File.Delete(temporary);
        }
    });

    /// <summary>Removes what a process that was killed while it wrote has left.</summary>
    /// <param name="path">What it wrote.</param>
    /// <param name="processId">The process.</param>
    public static void RemoveUnfinished(string path, int processId)
    {
        try
        {
            var target = Target(path);
            var beginning = BeginningOfTemporary(target, processId);
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(target)!, "*" + Unfinished))
            {
                var name = Path.GetFileName(file);
                if (name.StartsWith(beginning, StringComparison.Ordinal) && name.Length == beginning.Length + RandomLength + Unfinished.Length)
                    File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    static void Explained(string path, Action<string, string> act)
    {
        var temporary = "";
        try
        {
            var target = Target(path);
            temporary = Temporary(target);
            act(target, temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var why = WriteFailure.Reason(e);
            if (temporary.Length > 0)
                why = why.Replace(temporary, path);
            throw new IOException($"'{path}' could not be written: {why} {WriteFailure.Advice(e)}", e);
        }
    }

    static void WriteAndRename(string target, string temporary, Action<Stream> write)
    {
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

    /// <summary>The name of a file without its extension, cut so that there is room for what comes after it.</summary>
    public static string Stem(string path, int lengthOfRest)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        while (stem.Length > 0 && (LengthOfName(stem) > LongestName - lengthOfRest || char.IsHighSurrogate(stem[stem.Length - 1])))
            stem = stem.Substring(0, stem.Length - 1);
        return stem;
    }

    static string Temporary(string target) => Path.Combine(Path.GetDirectoryName(target) ?? target,
        BeginningOfTemporary(target, ThisProcess.Id) + Path.GetRandomFileName().Substring(0, RandomLength) + Unfinished);

    static string BeginningOfTemporary(string target, int processId)
    {
        const int longestRest = 24;
        return $"{Stem(target, longestRest)}-{processId}-";
    }

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
