namespace ProfilerWeaver;

/// <summary>
/// What a profile of ours holds after the table for pstats: the complete recording. Readers of pstats stop before it.
/// </summary>
/// <remarks>
/// <para>Fixed-size numbers are little-endian. A varint has seven bits a byte, the lowest first; the eighth bit says
/// that more follow. A zigzag is a signed number as a varint: 0, -1, 1, -2 are written as 0, 1, 2, 3.</para>
/// <code>
/// section   = magic (8 bytes: 89 'P' 'W' 'T' 0D 0A 1A 0A), version (int32), length of the body (int64),
///             body, CRC-32 of everything before it, from the magic on (int32)
/// body      = strings, header, facts, methods, columns, threads
/// strings   = count (varint), then each: number of bytes (varint), UTF-8
/// text      = index in strings (varint)
/// header    = clock (text), unit (varint: ClockUnit), program (text), start in UTC (zigzag, units of 100 ns since
///             0001-01-01), duration, time in the JIT compiler, pauses for the garbage collector (zigzags, units of
///             100 ns), seconds per tick (IEEE double), overhead of a call and
///             least measurable time in ticks (IEEE doubles), whether to take them off (varint: 1), and whether they are those of a sampled clock (2),
///             interrupted calls + 1 (varint; 0 if the recording ended as it should)
/// facts     = count (varint), then each: name (text), value (text)
/// methods   = count (varint), then each: file (text), line (varint), name (text)
/// columns   = count (varint), then each: name (text), what it counts (text), encoding (varint: 0 varint, 1 zigzag)
/// threads   = count (varint), then each: id (zigzag), name (text), number of trees (varint: 1, or 2 if calls were
///             truncated), trees
/// tree      = blocks, 0 (varint)
/// block     = number of contexts (varint, not 0), number of columns (varint), then each: index in columns (varint),
///             number of bytes (varint), one number for each context in preorder, in the column's encoding
/// </code>
/// <para>A column that a block does not have is 0 there. A reader passes over columns whose names it does not know, so that
/// new figures need no new version; a change that old readers could not follow raises it.</para>
/// </remarks>
static class ProfSection
{
    public const int Version = 3;

    /// <summary>Like that of PNG: it shows at once when a transfer took the file for text.</summary>
    public static byte[] Magic => [0x89, (byte)'P', (byte)'W', (byte)'T', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Where in a file it seems to begin, without reading what is before it; -1: nowhere.</summary>
    public static int Find(byte[] data)
    {
        var magic = Magic;
        for (var start = 0; (start = Array.IndexOf(data, magic[0], start)) >= 0; start++)
        {
            var length = 1;
            while (length < magic.Length && start + length < data.Length && data[start + length] == magic[length])
                length++;
            if (length == magic.Length)
                return start;
        }
        return -1;
    }

    /// <summary>A section of any kind.</summary>
    /// <param name="magic">What tells its kind.</param>
    /// <param name="version">Its version.</param>
    /// <param name="parts">Its body.</param>
    public static ByteWriter Write(byte[] magic, int version, params ByteWriter[] parts)
    {
        var length = 0L;
        foreach (var part in parts)
            length += part.Length;
        var section = new ByteWriter();
        section.Bytes(magic);
        section.Int32(version);
        section.Int64(length);
        foreach (var part in parts)
            section.Append(part);
        section.Int32((int)section.Checksum());
        return section;
    }
}

/// <summary>What a section says of taking the overhead off, a bit each.</summary>
static class ProfCompensation
{
    /// <summary>It is to be taken off.</summary>
    public const int IsWanted = 1;

    /// <summary><see cref="RecordingOverhead.IsSampled"/>.</summary>
    public const int IsSampled = 2;

    public const int All = IsWanted | IsSampled;
}

/// <summary>The columns that this version writes and understands, by their places.</summary>
static class ProfColumn
{
    /// <summary>The index of the method + 1; 0 for a root.</summary>
    public const int Method = 0;

    /// <summary>How many contexts end before this one: 0 if it is a child of the one before.</summary>
    public const int Ended = 1;

    public const int Calls = 2;
    public const int RecursiveCalls = 3;
    public const int Resumes = 4;
    public const int Self = 5;

    /// <summary>The cumulative time without the context's own: 0 where nothing was called.</summary>
    public const int Callees = 6;

    public const int TruncatedCalls = 7;

    /// <summary>What the method's own time was taken from, if the clock was sampled.</summary>
    public const int Samples = 8;

    // Those of AsyncFigures.
    public const int Key = 9;
    public const int Continues = 10;
    public const int Elapsed = 11;
    public const int Waiting = 12;
    public const int OpenCalls = 13;
    public const int ResumesElsewhere = 14;

    /// <summary>The longest call; -1 where it is not known.</summary>
    public const int Slowest = 15;

    // Those of Occurrence.
    public const int Profiles = 16;
    public const int FewestCalls = 17;
    public const int MostCalls = 18;

    public const int Count = 19;

    public static readonly string[] Names =
    [
        "method", "ended", "calls", "recursive calls", "resumes", "self", "callees", "truncated calls", "samples", "key", "continues",
        "elapsed", "waiting", "open calls", "resumes elsewhere", "slowest", "profiles", "fewest calls", "most calls",
    ];

    public static readonly string[] Units =
    [
        "index", "contexts", "calls", "calls", "resumes", "ticks", "ticks", "calls", "samples", "key", "key",
        "ticks", "ticks", "calls", "resumes", "ticks", "profiles", "calls", "calls",
    ];

    /// <summary>Whether the numbers of a column have a sign.</summary>
    public static bool IsSigned(int column) => column >= Calls;
}
