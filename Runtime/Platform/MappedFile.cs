using System.IO.MemoryMappedFiles;

namespace ProfilerWeaver;

/// <summary>A file of this process alone, which grows, and is mapped into memory as it grows.</summary>
abstract unsafe class MappedFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>The system's handle of it.</summary>
    protected abstract nint Handle { get; }

    /// <summary>Appends zeros, and maps them for as long as the process lives.</summary>
    /// <returns>Where they are.</returns>
    /// <exception cref="IOException">The disk is full, or the file may not become so long.</exception>
    public byte* Extend(int size)
    {
        FileSizeLimit.Check(Length + size);
        return Append(size);
    }

    /// <summary>Removes what is in it. Nothing may be mapped yet.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public abstract void Clear();

    /// <summary>Whether mapped pieces can be turned into private memory here.</summary>
    public virtual bool CanDetach =>
#if NET8_0_OR_GREATER
        LinuxMemory.IsSupported;
#else
        false;
#endif

    /// <summary>Turns a mapped piece into private memory with the same content, while threads read and write it, and gives
    /// back what it takes on the disk.</summary>
    /// <returns>Whether that worked; the memory is valid in any case.</returns>
    public virtual bool Detach(long offset, byte* memory, long size) =>
#if NET8_0_OR_GREATER
        CanDetach && LinuxMemory.Detach((int)Handle, (nint)offset, memory, (nint)size);
#else
        false;
#endif

    /// <summary>As <see cref="Extend"/>, if a file may be so long.</summary>
    protected abstract byte* Append(int size);

    /// <summary>Closes the file. What is mapped stays, and with it the lock.</summary>
    public abstract void Dispose();
}

/// <summary>By what .NET has for it on every system.</summary>
sealed unsafe class MappedStream(FileStream stream) : MappedFile
{
    readonly List<object> mappings = [];

    public override long Length => stream.Length;

    protected override nint Handle => stream.SafeFileHandle.DangerousGetHandle();

    public override void Clear() => stream.SetLength(0);

    public override void Dispose() => stream.Dispose();

    protected override byte* Append(int size)
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
            return Map(offset, size);
        }
        catch
        {
            // What is left of the disk is the profile's.
            stream.SetLength(offset);
            throw;
        }
    }

    byte* Map(long offset, int size)
    {
        var file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None, leaveOpen: true);
        var view = file.CreateViewAccessor(offset, size);
        mappings.Add((file, view));
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return pointer + view.PointerOffset;
    }
}
