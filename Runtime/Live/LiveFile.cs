namespace ProfilerWeaver;

/// <summary>
/// The memory-mapped file beside the output that recorder memory lies in while the program runs, so that nothing is lost
/// whatever ends the process (<see cref="LiveFileReader"/>). Its first page tells where each chunk was mapped, so that a
/// reader can turn the addresses in it into offsets.
/// </summary>
/// <remarks>The process holds the file under an exclusive lock (<see cref="LiveFileAccess"/>), which the system lifts
/// when the process ends. Only who has the lock may change, rename or delete what is at the path.</remarks>
sealed unsafe class LiveFile : RecordingStore
{
    /// <summary>What is appended to the output's path.</summary>
    public const string Suffix = ".live";

    readonly MappedFile file;
    readonly LiveHeader* header;

    LiveFile(MappedFile file, string path)
    {
        this.file = file;
        Path = path;
        header = (LiveHeader*)file.Extend(LiveHeader.Space);
        *header = LiveHeader.Create();
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <summary>Whether all that was recorded is in it: it could always grow.</summary>
    public bool IsComplete => !header->IsIncomplete;

    /// <summary>Makes the file for <paramref name="outputPath"/>, and the folder if there is none.</summary>
    /// <param name="outputPath">Where the profile will be written.</param>
    /// <param name="abandoned">Where the file is now that a killed process left behind, which was in the way; null if there
    /// was none.</param>
    /// <exception cref="IOException">The file is in use, or cannot be made or filled.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static LiveFile Create(string outputPath, out string? abandoned)
    {
        abandoned = null;
        return TryCreateMapped(outputPath + Suffix) ?? CreateByDotNet(outputPath, ref abandoned);
    }

    // Apart, as .NET loads what a method takes before it begins.
    static LiveFile CreateByDotNet(string outputPath, ref string? abandoned)
    {
        var path = outputPath + Suffix;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(outputPath)!);
        LiveFileAccess.RefuseLink(path);
        // Between opening the file and locking it, a process that ends may remove it, or one that begins may move it
        // aside: then something else is at the path. A file that is still there after some attempts was forgotten.
        for (var attempt = 1; ; attempt++)
        {
            using var file = LiveFileAccess.Open(path, FileMode.OpenOrCreate);
            if (file.IsReleased && attempt < 10)
                continue;
            if (file.IsEmpty)
            {
                var live = Begin(new MappedStream(file.Detach()), path);
                LiveFileAccess.Protect(path);
                return live;
            }
            if (file.HasContent)
                abandoned = file.MoveAside(outputPath);
            else
                file.Delete();
        }
    }

    /// <inheritdoc/>
    public override byte* AddChunk(int size)
    {
        var index = header->Chunks;
        try
        {
            if (index == LiveHeader.MostChunks)
                throw new IOException("its directory of chunks is full");
            var offset = file.Length;
            var address = file.Extend(size);
            ((LiveChunk*)(header + 1))[index] = new() { Address = (ulong)address, Offset = offset, Length = size };
            Volatile.Write(ref header->Chunks, index + 1);
            return address;
        }
        catch
        {
            header->IsIncomplete = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public override bool Publish(void* root)
    {
        if (header->Chunks == 0)
            return false;
        Volatile.Write(ref *(nint*)&header->Registry, (nint)root);
        return true;
    }

    /// <summary>Notes that the profile has been written because of a signal, which is about to end the process unless
    /// the program decides otherwise.</summary>
    public void NoteWritten(TimeSpan duration) => header->WrittenDuration = duration.Ticks;

    /// <summary>Removes the file, once its content is in the output. The mappings stay: other threads may still be
    /// recording into them.</summary>
    public void Delete()
    {
        // What is at the path by now may be another process's.
        if (header->IsReleased)
            return;
        header->IsReleased = true;
        header->Registry = null;
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a mapped file until the process ends. Without a registry it counts as empty.
        }
    }

    /// <summary>Removes the file and gives its room on the disk to the profile. What was mapped stays, as private
    /// memory.</summary>
    /// <param name="needed">How many bytes the profile takes.</param>
    /// <returns>Whether there is room for it now.</returns>
    public bool GiveRoom(long needed)
    {
        if (!file.CanDetach || needed > file.Length + new DriveInfo(Path).AvailableFreeSpace)
            return false;
        var chunks = (LiveChunk*)(header + 1);
        for (var i = 0; i < header->Chunks; i++)
        {
            if (!file.Detach(chunks[i].Offset, (byte*)chunks[i].Address, chunks[i].Length))
                return false;
        }
        Delete();
        return file.Detach(0, (byte*)header, LiveHeader.Space) || header->Chunks > 0;
    }

    static LiveFile? TryCreateMapped(string path) =>
#if NET8_0_OR_GREATER
        LinuxFile.TryCreate(path) is { } file ? Begin(file, path) : null;
#else
        null;
#endif

    static LiveFile Begin(MappedFile file, string path)
    {
        try
        {
            file.Clear();
            return new(file, path);
        }
        catch
        {
            File.Delete(path);
            file.Dispose();
            throw;
        }
    }
}
