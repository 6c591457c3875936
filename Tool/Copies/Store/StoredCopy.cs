using Microsoft.Win32.SafeHandles;

namespace ProfilerWeaver.Tool;

/// <summary>A woven copy in the cache: a folder with the program in a folder of its own, which is the program's alone, and
/// beside that the <see cref="CopyManifest"/>. Whoever runs the copy holds the manifest open, and nobody else removes
/// it.</summary>
sealed class StoredCopy : IDisposable
{
    const string ManifestName = "manifest", ProgramName = "app";

    readonly string folder;
    readonly SafeFileHandle hold;

    StoredCopy(string folder, SafeFileHandle hold, CopyManifest manifest)
    {
        this.folder = folder;
        this.hold = hold;
        Manifest = manifest;
    }

    public CopyManifest Manifest { get; }

    /// <summary>Its name in the cache.</summary>
    public string Name => Path.GetFileName(folder);

    /// <summary>The folder of the program.</summary>
    public string ProgramFolder => ProgramFolderIn(folder);

    /// <summary>The folder of the program in the copy that is <paramref name="folder"/>.</summary>
    public static string ProgramFolderIn(string folder) => Path.Combine(folder, ProgramName);

    /// <summary>Takes a copy to run it; null if there is none, if it is about to be removed, or if something of it is not as
    /// it was made.</summary>
    public static StoredCopy? Take(string folder)
    {
        SafeFileHandle? hold = null;
        try
        {
            hold = FieldFile.Open(Path.Combine(folder, ManifestName));
            if (CopyManifest.Read(hold) is { } manifest && manifest.Fits(Path.Combine(folder, ProgramName)))
            {
                var taken = new StoredCopy(folder, hold, manifest);
                hold = null;
                taken.NoteUse();
                return taken;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or somebody removes it.
        }
        finally
        {
            hold?.Dispose();
        }
        return null;
    }

    /// <summary>Makes a copy under a name of its own, so that it is whole as soon as it is there.</summary>
    /// <param name="fill">Makes the program in a folder, and describes it; null if it is not to be kept.</param>
    /// <returns>Whether it was kept, or somebody else has made the same one.</returns>
    public static bool Make(string folder, Func<string, CopyManifest?> fill)
    {
        var temporary = $"{folder}.{Guid.NewGuid():N}";
        PrivateFolder.Make(temporary);
        try
        {
            using (var file = FieldFile.Create(Path.Combine(temporary, ManifestName)))
            {
                if (fill(PrivateFolder.Make(Path.Combine(temporary, ProgramName))) is not { } manifest)
                    return false;
                FieldFile.Write(file, manifest.Fields());
            }
            Directory.Move(temporary, folder);
            return true;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            return true;
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>All that is kept in a folder, or was left there.</summary>
    public static IEnumerable<StoredCopyState> AllIn(string copies)
    {
        foreach (var entry in new DirectoryInfo(copies).EnumerateDirectories())
        {
            var manifest = new FileInfo(Path.Combine(entry.FullName, ManifestName));
            yield return new(entry.FullName,
                entry.Extension is ['.', .. { Length: 32 }] ? null : ReadManifest(manifest.FullName)?.Program,
                DiskSpace.Of(entry), manifest.Exists ? manifest.LastWriteTimeUtc : entry.LastWriteTimeUtc);
        }
    }

    /// <summary>Removes a copy, or what is left of one.</summary>
    /// <returns>False if it is in use.</returns>
    public static bool TryRemove(string folder)
    {
        var aside = $"{folder}.{Guid.NewGuid():N}";
        try
        {
            using var hold = TryHold(folder);
            if (hold is null)
                return false;
            // Windows renames no folder in which a file is open; there, it renames none that is in use either.
            if (OperatingSystem.IsWindows())
                hold.Dispose();
            Directory.Move(folder, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(folder);
        }
        Delete(aside);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => hold.Dispose();

    // Whoever makes one has not made its manifest in the first moment.
    static SafeFileHandle? TryHold(string folder)
    {
        var manifest = Path.Combine(folder, ManifestName);
        var isNew = Directory.GetLastWriteTimeUtc(folder) > DateTime.UtcNow - TimeSpan.FromMinutes(1);
        return File.Exists(manifest) || !isNew
            ? File.OpenHandle(manifest, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            : null;
    }

    static CopyManifest? ReadManifest(string path)
    {
        try
        {
            using var file = FieldFile.Open(path);
            return CopyManifest.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    void NoteUse()
    {
        try
        {
            File.SetLastWriteTimeUtc(Path.Combine(folder, ManifestName), DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It can be run from a disk that cannot be written to.
        }
    }

    static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else does it, or has a file open; the next one to clean up will.
        }
    }
}

/// <summary>What lies in the cache.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Program">The main assembly that it is a copy of; null if it is no copy that can be run.</param>
/// <param name="Size">The space that it takes, in bytes.</param>
/// <param name="LastUsed">When it was run last, or made.</param>
sealed record StoredCopyState(string Folder, string? Program, long Size, DateTime LastUsed);
