using System.IO.MemoryMappedFiles;

namespace ProfilerWeaver;

/// <summary>
/// A live file, mapped for reading. Whatever the file says is checked: an address must lie in a chunk, and no more is read
/// in all than a sound file holds, so that a damaged one cannot lead round in circles. What is in the directory when the
/// file is opened is read; that is never cut off again, whatever the process adds or removes behind it.
/// </summary>
sealed unsafe class LiveImage : RecorderImage, IDisposable
{
    const int Unit = 64;

    /// <summary>Why a file cannot be read whose process was ended before it began to record, or which is empty because
    /// the profile was written.</summary>
    public const string NothingYet = "nothing has been recorded in it yet, or it has all been written to the profile";

    /// <summary>Why there is nothing to read in the file of a process that recorded into private memory.</summary>
    public const string DiskWasFull = "the disk was full, or a file may not be larger (ulimit -f): hardly anything that was recorded is in it";

    readonly string source;
    readonly MemoryMappedFile? file;
    readonly MemoryMappedViewAccessor? view;
    readonly byte* start;
    readonly long length;
    readonly LiveChunk[] chunks;
    int lastFound;
    long unitsLeft;

    LiveImage(string source, FileStream stream, bool leaveOpen)
    {
        this.source = source;
        length = stream.Length;
        // A context takes a unit and counts as two here. Two frames take hardly more than one, and each is looked at twice,
        // with its context and, if it is truncated, that of its method: ten. All that is read once more to count it.
        unitsLeft = 36 * (length / Unit);
        chunks = [];
        if (length == 0)
            throw Invalid(0, NothingYet);
        try
        {
            file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen);
            view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += view.PointerOffset;
            Header = length < sizeof(LiveHeader) ? default : *(LiveHeader*)start;
            if (Header.Magic == 0)
                throw Invalid(0, NothingYet);
            if (Header.Magic != LiveHeader.MagicNumber)
                throw Invalid(0, "it is not a live file");
            if (length < LiveHeader.Space)
                throw Invalid(length, "it is truncated");
            if (Header.Obstacle is { } obstacle)
                throw Invalid(0, obstacle);
            // After the rest of the header: what that refers to is in the chunks that there were then.
            Thread.MemoryBarrier();
            chunks = ReadDirectory(Volatile.Read(ref ((LiveHeader*)start)->Chunks));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public LiveHeader Header { get; }

    /// <summary>The length of the file when it was opened.</summary>
    public long Length => length;

    /// <summary>Reads a file, whose process may be running.</summary>
    /// <exception cref="InvalidProfileException">It is no live file that this version can read.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static LiveImage Read(string path)
    {
        var stream = LiveFileAccess.OpenForReading(path);
        try
        {
            return new(path, stream, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file that this process holds, and whose own process has ended.</summary>
    /// <exception cref="InvalidProfileException">It is no live file that this version can read.</exception>
    public static LiveImage Read(string path, FileStream held) => new(path, held, leaveOpen: true);

    public override bool IsIncomplete => Header.IsIncomplete;

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
            return IsIncomplete
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

    public void Dispose()
    {
        if (start != null)
            view!.SafeMemoryMappedViewHandle.ReleasePointer();
        view?.Dispose();
        file?.Dispose();
    }

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

    LiveChunk[] ReadDirectory(int count)
    {
        if (count is < 0 or > LiveHeader.MostChunks)
            throw Invalid(0, $"it has {count} chunks; at most {LiveHeader.MostChunks} are possible");
        var directory = new LiveChunk[count];
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
