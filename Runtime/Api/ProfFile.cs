namespace ProfilerWeaver;

/// <summary>
/// Writes and reads <c>.prof</c> files: the table that CPython's <c>pstats</c> reads, followed by the call trees, which
/// <c>pstats</c> ignores.
/// </summary>
public static class ProfFile
{
    /// <summary>Writes a recording. An existing file is replaced once the new one is complete.</summary>
    /// <exception cref="EmptyProfileException">No method was called and returned.</exception>
    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public static void Write(ProfileData profile, string path)
    {
        Write(Encode(profile), path);
    }

    /// <summary>Writes a recording from where it is, without making columns of it.</summary>
    internal static void Write(ProfileSource source, string path) => Write(Encode(source), path);

    /// <summary>The same to a stream, which stays open.</summary>
    internal static void Write(ProfileSource source, Stream stream)
    {
        using var encoded = Encode(source);
        encoded.CopyTo(stream);
    }

    static void Write(Encoded encoded, string path)
    {
        using (encoded)
        {
            FileSizeLimit.Check(encoded.Length);
            AtomicFile.Write(path, encoded.CopyTo);
        }
    }

    /// <summary>How many bytes the file of a recording takes.</summary>
    /// <exception cref="EmptyProfileException">No method was called and returned.</exception>
    internal static long LengthOf(ProfileSource source)
    {
        using var encoded = Encode(source);
        return encoded.Length;
    }

    /// <summary>Writes a recording to a stream, which stays open.</summary>
    /// <exception cref="EmptyProfileException">No method was called and returned.</exception>
    public static void Write(ProfileData profile, Stream stream)
    {
        using var encoded = Encode(profile);
        encoded.CopyTo(stream);
    }

    /// <summary>Writes only a flat table, with names and figures as they are.</summary>
    /// <exception cref="EmptyProfileException">There are no rows.</exception>
    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public static void WriteRows(IReadOnlyCollection<MethodStats> rows, string path)
    {
        var table = Encode(rows);
        AtomicFile.Write(path, table.CopyTo);
    }

    /// <summary>Writes only a flat table to a stream, which stays open.</summary>
    /// <exception cref="EmptyProfileException">There are no rows.</exception>
    public static void WriteRows(IReadOnlyCollection<MethodStats> rows, Stream stream) => Encode(rows).CopyTo(stream);

    /// <summary>Reads a ProfilerWeaver or cProfile file, or the live file of a process that was killed or is running (<see
    /// cref="ProfileData.InterruptedCalls"/>).</summary>
    /// <exception cref="InvalidProfileException">The file is not a profile, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ProfContent Read(string path)
    {
        if (!LiveFileReader.IsLive(path))
            return Decode(ReadAll(path), path);
        var recording = LiveFileReader.Read(path);
        return new(RowsOf(recording), recording);
    }

    /// <summary>Reads a profile from the rest of a stream.</summary>
    /// <param name="stream">Where to read; it stays open.</param>
    /// <param name="name">The stream's name in error messages.</param>
    /// <exception cref="InvalidProfileException">The stream does not contain a profile, or contains a damaged
    /// one.</exception>
    public static ProfContent Read(Stream stream, string name = "stream") => Decode(ReadAll(stream), name);

    /// <summary>Reads only the flat table, which is faster and ignores any damage after it. Live files are read as by <see
    /// cref="Read(string)"/>.</summary>
    /// <exception cref="InvalidProfileException">The file is not a profile, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyList<MethodStats> ReadRows(string path) => LiveFileReader.IsLive(path)
        ? RowsOf(LiveFileReader.Read(path))
        : PstatsTable.Read(ReadAll(path), path, out _);

    /// <summary>Reads only the flat table from a stream.</summary>
    /// <param name="stream">Where to read; it stays open, and is read to its end.</param>
    /// <param name="name">The stream's name in error messages.</param>
    /// <exception cref="InvalidProfileException">The stream does not contain a profile, or contains a damaged
    /// one.</exception>
    public static IReadOnlyList<MethodStats> ReadRows(Stream stream, string name = "stream") =>
        PstatsTable.Read(ReadAll(stream), name, out _);

    static ProfContent Decode(byte[] data, string source)
    {
        var rows = PstatsTable.Read(data, source, out var end);
        return new ProfContent(rows, ProfSectionReader.Read(data, end, source));
    }

    static Encoded Encode(ProfileData profile)
    {
        var portable = ProfileSanitizer.Sanitize(profile);
        return new(Encode(RowsOf(portable)), ProfSectionWriter.Write(portable));
    }

    // In one pass: threads may be recording, so that a second one would see other figures.
    static Encoded Encode(ProfileSource source)
    {
        if (source.IsLinked)
            return Encode(source.ToData());
        var rows = new FlatProfile.Sums(source.Facts);
        var section = new ProfSectionWriter();
        // Reading and writing a large tree takes about as long as summing it up, and so it is with what is left to do then.
        using var summing = new PipelinedVisitor(rows);
        var portable = ProfileSanitizer.Sanitize(source.Visit(new BothVisitors(summing, section)));
        ByteWriter? table = null;
        summing.Then(() => table = Encode(rows, portable.Methods));
        var content = section.Finish(portable, portable.Methods);
        summing.Complete();
        return new(table!, content);
    }

    static ByteWriter Encode(FlatProfile.Sums rows, IReadOnlyList<MethodLabel> labels)
    {
        var output = new ByteWriter();
        var written = new WrittenRows(labels, output);
        rows.ShowRows(written, labels);
        written.End();
        return written.Count > 0 ? output : throw new EmptyProfileException();
    }

    /// <summary>The table of a recording that has harmless names.</summary>
    internal static MethodStats[] RowsOf(ProfileData portable) => ProfileSanitizer.Sanitize(FlatProfile.From(portable));

    static ByteWriter Encode(IReadOnlyCollection<MethodStats> rows)
    {
        if (rows.Count == 0)
            throw new EmptyProfileException();
        var output = new ByteWriter();
        PstatsTable.Write(rows, output);
        return output;
    }

    /// <summary>Reads what was recorded, without the table, which can be made of it.</summary>
    /// <returns>The recording; null if the file has a table only.</returns>
    /// <exception cref="InvalidProfileException">The file is not a profile, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    internal static ProfileData? ReadRecording(string path)
    {
        if (LiveFileReader.IsLive(path))
            return LiveFileReader.Read(path);
        var data = ReadAll(path);
        if (ProfSection.Find(data) is > 0 and var start)
        {
            try
            {
                return ProfSectionReader.Read(data, start, path);
            }
            catch (InvalidProfileException)
            {
                // Either it is damaged, or it is a number in the table that looks like that: the table tells where it ends.
            }
        }
        return Decode(data, path).Recording;
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="IOException">It cannot be opened; if there is none but a live file, the message says
    /// so.</exception>
    internal static byte[] ReadAll(string path)
    {
        try
        {
            return IsOther(path) ? throw new InvalidProfileException(path, 0, "expected a dictionary") : File.ReadAllBytes(path);
        }
        catch (FileNotFoundException e) when (File.Exists(path + LiveFile.Suffix))
        {
            throw new FileNotFoundException($"'{path}' does not exist, but '{path}{LiveFile.Suffix}' does: the program is still " +
                "running, or was killed. Read that file; it contains the profile so far.", path, e);
        }
    }

    /// <summary>Whether the file begins like no profile: then it is not read, for it may be long or have no end.</summary>
    static bool IsOther(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        // What cannot be read twice is not looked at.
        return stream.CanSeek && stream.ReadByte() is not (-1 or '{' or '{' | 0x80);
    }

    static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The content of a file, until it is written.</summary>
    sealed class Encoded(ByteWriter table, ByteWriter section) : IDisposable
    {
        public long Length => table.Length + section.Length;

        public void CopyTo(Stream stream)
        {
            table.CopyTo(stream);
            section.CopyTo(stream);
        }

        public void Dispose()
        {
            table.Clear();
            section.Clear();
        }
    }
}
