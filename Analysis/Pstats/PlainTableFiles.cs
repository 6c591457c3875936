using System.Collections.Concurrent;

namespace ProfilerWeaver;

/// <summary>Reads files that have a table in the form in which this library writes it, and nothing else, one after the other. All are read
/// into the same memory: arrays as large as files make .NET collect garbage after every few of them.</summary>
/// <param name="spare">Tables that nobody uses any longer.</param>
sealed class PlainTableFiles(ConcurrentBag<PlainTable> spare)
{
    // Larger tables are few.
    const int MostBytes = 1 << 20;

    readonly PlainTableReader reader = new();
    byte[] buffer = new byte[1 << 14];

    /// <summary>The table in a file; null if there is something else, or the file cannot be read.</summary>
    public PlainTable? TryRead(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            if (!stream.CanSeek || stream.Length is < 2 or > MostBytes)
                return null;
            var length = (int)stream.Length;
            // A dictionary, whose first key is a tuple.
            if (Fill(stream, 0, 2) < 2 || buffer[0] != '{' || buffer[1] != '(')
                return null;
            if (length > buffer.Length)
                Array.Resize(ref buffer, Math.Max(length, 2 * buffer.Length));
            if (Fill(stream, 2, length) < length)
                return null;
            if (!spare.TryTake(out var table))
                table = new();
            return reader.TryRead(buffer, length, table, out var end) && end == length ? table : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Whoever reads it in the general way says why.
            return null;
        }
    }

    int Fill(FileStream stream, int start, int end)
    {
        for (int count; start < end && (count = stream.Read(buffer, start, end - start)) > 0; start += count)
        {
        }
        return start;
    }
}
