#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The output's path, and the live file beside it, by system calls of Linux: what .NET loads for its own files costs each
/// start of a program three milliseconds. For the ordinary case only, a new file at a plain path; whatever else there is,
/// or if it cannot be made, is left to .NET and to <see cref="MappedStream"/>.
/// </summary>
sealed unsafe partial class LinuxFile : MappedFile
{
    const int ReadOnly = 0, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, NonBlocking = 0x800, CloseOnExec = 0x80000;
    // A file that is cut off under its mapping ends the process (SIGBUS). Who has it open already may write to it all the
    // same; nobody else opens it for writing by mistake.
    const int Readable = 0b100_100_100;
    const int LongestPath = 4096;
    const int Block = 1 << 16;

    readonly int file;
    readonly byte* zeros = PrivateMemory.Allocate(Block);
    long length;

    LinuxFile(int file) => this.file = file;

    public override long Length => length;

    protected override nint Handle => file;

    /// <summary>The absolute path of an output, if it has nothing in it that .NET would resolve, and nothing but an
    /// ordinary file is there, if anything; otherwise null.</summary>
    public static string? TryResolve(string path)
    {
        if (!LinuxMemory.IsSupported || path.Length == 0)
            return null;
        try
        {
            if (path[0] != '/')
                path = CurrentFolder() + path;
            return IsPlain(path) && CanHoldOutput(path) ? path : null;
        }
        catch (Exception e) when (LinuxMemory.IsUnknown(e))
        {
            return null;
        }
    }

    // With a slash at its end; empty if there is none.
    static string CurrentFolder()
    {
        var buffer = stackalloc byte[LongestPath];
        if (GetCurrentFolder(buffer, LongestPath) == null)
            return "";
        var folder = Utf8Text.Read(buffer);
        return folder == "/" ? folder : folder + "/";
    }

    static bool CanHoldOutput(string path)
    {
        var name = stackalloc byte[path.Length + 1];
        Copy(path, name);
        if (Access(name, 0) != 0)
            return true;
        var there = Open(name, ReadOnly | NonBlocking | CloseOnExec, 0);
        if (there < 0)
            return false;
        // Neither a folder nor a pipe can be read at a position.
        byte first;
        var isFile = ReadAt(there, &first, 1, 0) >= 0;
        _ = Close(there);
        return isFile;
    }

    /// <summary>Makes a file where none is, and locks it as .NET does.</summary>
    /// <returns>Null if that did not work.</returns>
    public static LinuxFile? TryCreate(string path)
    {
        try
        {
            return LinuxMemory.IsSupported && IsPlain(path) ? TryCreatePlain(path) : null;
        }
        catch (Exception e) when (LinuxMemory.IsUnknown(e))
        {
            return null;
        }
    }

    static LinuxFile? TryCreatePlain(string path)
    {
        const int LockExclusively = 2, DoNotWait = 4, FromEnd = 2;
        var name = stackalloc byte[path.Length + 1];
        Copy(path, name);
        var file = Open(name, ReadWrite | Create | Exclusive | CloseOnExec, Readable);
        if (file < 0)
            return null;
        // Another process may have found it before it was locked.
        if (Lock(file, LockExclusively | DoNotWait) == 0 && Seek(file, 0, FromEnd) == 0)
            return new(file);
        _ = Close(file);
        return null;
    }

    // It is new.
    public override void Clear()
    {
    }

    public override void Dispose()
    {
        _ = Close(file);
        PrivateMemory.Free(zeros, Block);
    }

    protected override byte* Append(int size)
    {
        Fill(size);
        var piece = LinuxMemory.MapFile(file, (nint)length, size);
        if (piece == null)
            throw Failure(Marshal.GetLastPInvokeError());
        length += size;
        return piece;
    }

    // Written, not just extended: a page that the disk has no room for would end the process with SIGBUS.
    void Fill(int size)
    {
        const int Interrupted = 4, NoSpaceLeft = 28;
        for (long written = 0, added; written < size; written += added)
        {
            added = WriteAt(file, zeros, (nint)Math.Min(Block, size - written), (nint)(length + written));
            if (added > 0)
                continue;
            var error = added < 0 ? Marshal.GetLastPInvokeError() : NoSpaceLeft;
            if (error != Interrupted)
                throw Failure(error);
            added = 0;
        }
    }

    IOException Failure(int error)
    {
        // What is left of the disk is the profile's.
        _ = Truncate(file, (nint)length);
        return new(Marshal.GetPInvokeErrorMessage(error), error);
    }

    // What .NET would do with other characters, and with folders such as "..", is left to it.
    static bool IsPlain(string path)
    {
        if (path.Length is 0 or >= LongestPath || path[0] != '/')
            return false;
        var start = 0;
        for (var i = 1; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] != '/')
            {
                if (path[i] is < ' ' or > '~')
                    return false;
                continue;
            }
            // "", "." and ".." are no names of what is in a folder.
            var length = i - start - 1;
            if (length == 0 || path[start + 1] == '.' && (length == 1 || length == 2 && path[start + 2] == '.'))
                return false;
            start = i;
        }
        return true;
    }

    static void Copy(string path, byte* name)
    {
        for (var i = 0; i < path.Length; i++)
            name[i] = (byte)path[i];
        name[path.Length] = 0;
    }

    [LibraryImport("libc", EntryPoint = "getcwd")]
    private static partial byte* GetCurrentFolder(byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "access")]
    private static partial int Access(byte* path, int mode);

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial nint Seek(int file, nint offset, int origin);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int Truncate(int file, nint length);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint ReadAt(int file, byte* buffer, nint length, nint offset);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint WriteAt(int file, byte* buffer, nint length, nint offset);
}
#endif
