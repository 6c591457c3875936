using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// A copy of a live file. Whatever the file says is checked: an address must lie in a chunk, and no more is read in all
/// than a sound file holds, so that a damaged one cannot lead round in circles.
/// </summary>
sealed unsafe class LiveImage : RecorderImage, IDisposable
{
    const int PieceSize = 1 << 20;
    const int Unit = 64;

    /// <summary>Why a file cannot be read whose process was ended before it began to record, or which is empty because
    /// the profile was written.</summary>
    public const string NothingYet = "nothing has been recorded in it yet, or it has all been written to the profile";

    readonly string source;
    readonly byte* start;
    readonly long length;
    readonly LiveChunk[] chunks;
    int lastFound;
    long unitsLeft;

    LiveImage(string source, FileStream stream)
    {
        this.source = source;
        length = stream.Length;
        // A context takes a unit and counts as two here. Two frames take hardly more than one, and each is looked at twice,
        // with its context and, if it is folded, that of its method: ten.
        unitsLeft = 18 * (length / Unit);
        start = Load(stream);
        try
        {
            Header = length < sizeof(LiveHeader) ? default : *(LiveHeader*)start;
            if (Header.Magic == 0)
                throw Invalid(0, NothingYet);
            if (Header.Magic != LiveHeader.MagicNumber)
                throw Invalid(0, "it is not a live file");
            if (length < LiveHeader.Space)
                throw Invalid(length, "it is truncated");
            if (Header.Obstacle is { } obstacle)
                throw Invalid(0, obstacle);
            chunks = ReadDirectory();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public LiveHeader Header { get; }

    /// <summary>The length of the file when it was copied.</summary>
    public long Length => length;

    /// <summary>Reads a file, whose process may be running.</summary>
    /// <exception cref="InvalidProfileException">It is no live file that this version can read.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static LiveImage Read(string path)
    {
        using var stream = LiveFileAccess.OpenForReading(path);
        return new(path, stream);
    }

    public override byte* Locate(void* address, long size)
    {
        if (size < 0)
            throw Invalid(0, $"an item has the length {size}");
        unitsLeft -= 1 + size / Unit;
        if (unitsLeft < 0)
            throw Invalid(0, "its lists are circular");
        var index = ChunkOf((ulong)address);
        if (index < 0)
        {
            return Header.IsIncomplete
                ? null
                : throw Invalid(0, $"it refers to {(ulong)address:x}, which is outside its chunks");
        }
        var inChunk = (long)((ulong)address - chunks[index].Address);
        if (size > chunks[index].Length - inChunk || inChunk % sizeof(long) != 0)
            throw Invalid(chunks[index].Offset + inChunk, "an item does not fit there");
        return start + chunks[index].Offset + inChunk;
    }

    public override void Refuse(void* address, string reason)
    {
        var index = ChunkOf((ulong)address);
        throw Invalid(index < 0 ? 0 : chunks[index].Offset + (long)((ulong)address - chunks[index].Address), reason);
    }

    public InvalidProfileException Invalid(long offset, string reason) => new(source, offset, reason);

    public void Dispose() => Marshal.FreeHGlobal((nint)start);

    int ChunkOf(ulong address)
    {
        for (var i = 0; i < chunks.Length; i++)
        {
            var index = (lastFound + i) % chunks.Length;
            if (address - chunks[index].Address < (ulong)chunks[index].Length)
                return lastFound = index;
        }
        return -1;
    }

    // From its start to its end: what a process that is running adds meanwhile is reached from what is already there,
    // and lies behind it.
    byte* Load(FileStream stream)
    {
        byte* copy;
        try
        {
            copy = (byte*)Marshal.AllocHGlobal((nint)length);
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            throw Invalid(0, $"its {length} bytes do not fit into memory");
        }
        try
        {
            var piece = new byte[PieceSize];
            for (var position = 0L; position < length;)
            {
                var read = stream.Read(piece, 0, (int)Math.Min(PieceSize, length - position));
                if (read == 0)
                    throw Invalid(position, "it has been truncated");
                Marshal.Copy(piece, 0, (nint)(copy + position), read);
                position += read;
            }
            return copy;
        }
        catch
        {
            Marshal.FreeHGlobal((nint)copy);
            throw;
        }
    }

    LiveChunk[] ReadDirectory()
    {
        if (Header.Chunks is < 0 or > LiveHeader.MostChunks)
            throw Invalid(0, $"it has {Header.Chunks} chunks; at most {LiveHeader.MostChunks} are possible");
        var directory = new LiveChunk[Header.Chunks];
        var end = (long)LiveHeader.Space;
        for (var i = 0; i < directory.Length; i++)
        {
            directory[i] = ((LiveChunk*)(start + LiveHeader.Size))[i];
            if (directory[i].Offset < end || directory[i].Length <= 0 || directory[i].Length > length - directory[i].Offset)
                throw Invalid(LiveHeader.Size * (i + 1L), "a chunk does not fit there");
            end = directory[i].Offset + directory[i].Length;
        }
        return directory;
    }
}
