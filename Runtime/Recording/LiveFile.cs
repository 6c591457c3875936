using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The memory-mapped file beside the output that recorder memory lies in while the program runs. Its first page tells
/// where each chunk was mapped, so that a reader can turn the addresses in it into offsets. It is held open
/// exclusively: a second process that asks for the same output notices.
/// </summary>
sealed unsafe class LiveFile
{
    /// <summary>What is appended to the output's path.</summary>
    public const string Suffix = ".live";

    const int HeaderSize = 1 << 16;
    const int MaximumChunks = HeaderSize / 64 - 1;

    /// <summary>The start of the file.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    struct Header
    {
        public ulong Magic;
        public int Version;
        public int ProcessId;
        public int Chunks;
    }

    /// <summary>An entry of the directory that follows the header, one for each chunk.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    struct Chunk
    {
        public ulong Address;
        public long Offset;
        public long Length;
    }

    readonly FileStream stream;
    readonly List<object> mappings = [];
    readonly Header* header;

    LiveFile(FileStream stream, string path)
    {
        this.stream = stream;
        Path = path;
        header = (Header*)Map(HeaderSize);
        // "PWLIVE", read as a little-endian number.
        header->Magic = 0x0000_4556_494C_5750;
        header->Version = 1;
        header->ProcessId = ThisProcess.Id;
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Makes the file for <paramref name="outputPath"/>.</summary>
    /// <exception cref="IOException">The file is in use, or cannot be made or filled.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static LiveFile Create(string outputPath)
    {
        var path = outputPath + Suffix;
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        try
        {
            stream.SetLength(0);
            return new(stream, path);
        }
        catch
        {
            stream.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Extends the file and maps what was added.</summary>
    /// <exception cref="IOException">The disk is full, or the directory is.</exception>
    public byte* AddChunk(int size)
    {
        var index = header->Chunks;
        if (index == MaximumChunks)
            throw new IOException("its directory of chunks is full");
        var offset = stream.Length;
        var address = Map(size);
        var entry = (Chunk*)header + 1 + index;
        *entry = new() { Address = (ulong)address, Offset = offset, Length = size };
        Volatile.Write(ref header->Chunks, index + 1);
        return address;
    }

    /// <summary>Removes the file, once its content is in the output. The mappings stay: other threads may still be
    /// recording into them.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a mapped file until the process ends. A Chunks of 0 tells a reader that nothing is in it.
            header->Chunks = 0;
        }
    }

    byte* Map(int size)
    {
        var offset = stream.Length;
        // Written, not just extended: a page that the disk has no room for would end the process with SIGBUS.
        stream.Position = offset;
        var zeros = new byte[Math.Min(size, 1 << 16)];
        try
        {
            for (var written = 0; written < size; written += zeros.Length)
                stream.Write(zeros, 0, zeros.Length);
            stream.Flush();
        }
        catch (IOException)
        {
            // What is left of the disk is the profile's.
            stream.SetLength(offset);
            throw;
        }

        var file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None, leaveOpen: true);
        var view = file.CreateViewAccessor(offset, size);
        mappings.Add((file, view));
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return pointer + view.PointerOffset;
    }
}
