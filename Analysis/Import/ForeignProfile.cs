using System.IO.Compression;

namespace ProfilerWeaver;

/// <summary>Reads profiles of other tools, whatever their files are called.</summary>
static class ForeignProfile
{
    const int BeginningLength = 1 << 16;
    // A file that shrinks more than this is made to fill the memory.
    const long MostExpansion = 100;
    const long AlwaysExpanded = 1 << 20;

    // Collapsed stacks begin with anything that is text, and pprof's messages with anything else.
    static readonly IProfileReader[] Readers =
        [new SpeedscopeReader(), new CpuProfileReader(), new CallgrindReader(), new CollapsedReader(), new PprofReader()];

    /// <returns>The profile; null if the file is in none of the formats.</returns>
    /// <exception cref="InvalidProfileException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ForeignContent? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!stream.CanSeek)
            return null;
        var beginning = new byte[Math.Min(stream.Length, BeginningLength)];
        stream.ReadExactly(beginning);
        stream.Position = 0;
        if (IsZipped(beginning))
            return Read(path, Unzip(stream, path));
        return ReaderOf(beginning, path) is null ? null : Read(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads what is in a file that is not zipped, or no longer.</summary>
    /// <returns>The profile; null if it is in none of the formats.</returns>
    public static ForeignContent? Read(string name, byte[] data)
    {
        if (ReaderOf(data.AsSpan(0, Math.Min(data.Length, BeginningLength)), name) is not { } reader)
            return null;
        var content = reader.Read(new ForeignFile(name, data));
        return content.Rows.Count == 0 ? throw new InvalidProfileException(name, data.Length, "it has no samples and no calls") : content;
    }

    /// <summary>Reads a file that is zipped, or not.</summary>
    public static ForeignContent? ReadAny(string name, byte[] data)
    {
        if (!IsZipped(data))
            return Read(name, data);
        using var stream = new MemoryStream(data);
        return Read(name, Unzip(stream, name));
    }

    static IProfileReader? ReaderOf(ReadOnlySpan<byte> beginning, string name)
    {
        try
        {
            foreach (var reader in Readers)
            {
                if (reader.Recognizes(beginning))
                    return reader;
            }
            return null;
        }
        catch (FileNotFoundException e) when (e.FileName?.StartsWith("Google.Protobuf", StringComparison.Ordinal) == true)
        {
            throw new FileNotFoundException($"'{name}' may be a profile of pprof, to read which takes the library Google.Protobuf. Reference " +
                "the package Google.Protobuf, or look at the file with dotnet prof.", e.FileName, e);
        }
    }

    static bool IsZipped(ReadOnlySpan<byte> beginning) => beginning is [0x1F, 0x8B, 8, ..];

    static byte[] Unzip(Stream stream, string name)
    {
        var most = AlwaysExpanded + MostExpansion * stream.Length;
        using var unzipped = new MemoryStream();
        using var zip = new GZipStream(stream, CompressionMode.Decompress);
        var part = new byte[1 << 16];
        try
        {
            for (int length; (length = zip.Read(part)) > 0;)
            {
                unzipped.Write(part, 0, length);
                if (unzipped.Length > most)
                    throw new InvalidProfileException(name, stream.Position, $"it unzips to more than {MostExpansion} times its size");
            }
        }
        catch (InvalidDataException e)
        {
            throw new InvalidProfileException(name, stream.Position, "it cannot be unzipped: " + e.Message.TrimEnd('.'));
        }
        return unzipped.ToArray();
    }
}
