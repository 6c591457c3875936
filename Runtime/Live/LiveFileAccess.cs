using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ProfilerWeaver;

/// <summary>
/// A live file that is held exclusively. .NET on Unix locks a file with <c>flock</c>; the lock belongs to the file, not
/// to its path, and ends with the process at the latest.
/// </summary>
sealed partial class LiveFileAccess : IDisposable
{
    // On Windows the mode keeps other writers out, and lets the file be read, renamed and deleted meanwhile.
    static readonly FileShare Exclusively = OnWindows ? FileShare.Read | FileShare.Delete : FileShare.None;

    readonly string path;
    readonly LiveHeader? header;
    FileStream? stream;

    LiveFileAccess(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
        header = LiveHeader.Read(stream);
        IsEmpty = stream.Length == 0 || header is null && IsBlank(stream);
        if (!IsEmpty && header is null)
            throw new IOException($"'{path}' exists and was not written by ProfilerWeaver: rename or delete it.");
    }

    /// <summary>Whether nothing has been written to it yet.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whether something was recorded into it that is not in a profile yet.</summary>
    public unsafe bool HasContent => header is { } known && known.Registry != null;

    /// <summary>Whether it was about to be removed or renamed when its process ended.</summary>
    public bool IsReleased => header is { IsReleased: true };

    /// <summary>Whether it has only a part of what was recorded, because the disk was full or files may not be
    /// larger.</summary>
    public bool HasOnlyPart => header is { IsIncomplete: true };

    /// <summary>The process that recorded into it.</summary>
    public int ProcessId => header?.ProcessId ?? 0;

    /// <summary>Whether a signal had the profile written, and the process ended soon after.</summary>
    /// <param name="duration">How long it recorded until it ended.</param>
    public bool WasWritten(TimeSpan duration) =>
        header is { WrittenDuration: > 0 } known && duration.Ticks - known.WrittenDuration < TimeSpan.TicksPerSecond;

    // Its streams know nothing of files that were opened by others.
    static bool OnMono => Type.GetType("Mono.Runtime") is not null;

    static bool OnWindows => Path.DirectorySeparatorChar == '\\';

    /// <summary>Opens and locks a file.</summary>
    /// <exception cref="IOException">Another process has it, or there is something else at the path.</exception>
    public static LiveFileAccess Open(string path, FileMode mode)
    {
        var stream = OpenExclusively(path, mode, out var wasProtected);
        try
        {
            return new(path, stream);
        }
        catch
        {
            stream.Dispose();
            if (wasProtected)
                Protect(path);
            throw;
        }
    }

    /// <summary>Makes sure that the path is no symbolic link, behind which the file would be made: nobody would find it
    /// there, and another user may have put the link there.</summary>
    /// <exception cref="IOException">It is one.</exception>
    public static void RefuseLink(string path)
    {
        try
        {
            if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0)
                throw new IOException($"'{path}' is a symbolic link: rename or delete it.");
        }
        catch (FileNotFoundException)
        {
            // As it should be.
        }
    }

    /// <summary>Makes sure that nobody opens a file for writing by mistake: one that is cut off under its mapping ends the
    /// process (SIGBUS). Windows does not cut off what is mapped.</summary>
    public static void Protect(string path)
    {
        if (OnWindows)
            return;
        try
        {
            File.SetAttributes(path, FileAttributes.ReadOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not every file system knows modes.
        }
    }

    static FileStream OpenExclusively(string path, FileMode mode, out bool wasProtected)
    {
        wasProtected = false;
        try
        {
            return Open();
        }
        catch (UnauthorizedAccessException) when (!OnWindows && File.Exists(path))
        {
            File.SetAttributes(path, FileAttributes.Normal);
            wasProtected = true;
        }
        try
        {
            return Open();
        }
        catch
        {
            // Its process is running.
            Protect(path);
            throw;
        }

        FileStream Open() => new(path, mode, FileAccess.ReadWrite, Exclusively, bufferSize: 1);
    }

    /// <summary>Whether the exception says that another process has a file. .NET has none of its own for it: the code is
    /// that of Windows, or EWOULDBLOCK of Linux or of macOS and BSD.</summary>
    public static bool IsInUse(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;

    /// <summary>Opens a file for reading although a process holds it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileStream OpenForReading(string path)
    {
        if (OnWindows || OnMono)
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // Not by .NET, which would want a lock of its own.
        const int readOnly = 0;
        var file = OpenFile(path, readOnly);
        return file >= 0
            ? new(new SafeFileHandle((nint)file, ownsHandle: true), FileAccess.Read)
            : new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
    }

    /// <summary>Whether a file is a live file, or was about to become one.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static bool IsOurs(string path)
    {
        using var stream = OpenForReading(path);
        return stream.Length == 0 || stream.ReadByte() == 0 || LiveHeader.Read(stream) is not null;
    }

    /// <summary>As <see cref="HasOnlyPart"/>, of a file that another process may have.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static bool IsPartial(string path)
    {
        using var stream = OpenForReading(path);
        return LiveHeader.Read(stream) is { IsIncomplete: true };
    }

    /// <summary>Renames the file after the process that left it, so that its path is free. The lock goes with
    /// it.</summary>
    /// <returns>Where it is now.</returns>
    public string MoveAside(string outputPath)
    {
        var target = ProfilePath.FreeFor(outputPath, ProcessId) + LiveFile.Suffix;
        var released = header.GetValueOrDefault();
        released.IsReleased = true;
        released.Write(stream!);
        File.Move(path, target);
        return target;
    }

    /// <summary>The file, to be read without opening it once more, which Mono does not allow.</summary>
    public FileStream Content => stream!;

    /// <summary>Removes the file.</summary>
    public void Delete() => File.Delete(path);

    /// <summary>Hands the file over, with its lock.</summary>
    public FileStream Detach()
    {
        var detached = stream!;
        stream = null;
        return detached;
    }

    /// <inheritdoc/>
    public void Dispose() => stream?.Dispose();

    // A process was killed while it made the file.
    static bool IsBlank(FileStream stream)
    {
        stream.Position = 0;
        return stream.Length <= LiveHeader.Space && stream.ReadByte() == 0;
    }

#if NET8_0_OR_GREATER
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);
#else
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFile([MarshalAs(UnmanagedType.LPStr)] string path, int flags);
#endif
}
