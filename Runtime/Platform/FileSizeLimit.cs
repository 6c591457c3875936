using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The largest file that the process may make (<c>ulimit -f</c>). The system does not refuse to go beyond it but ends the
/// process, so the recorder has to keep below by itself.
/// </summary>
static partial class FileSizeLimit
{
    const int FileSize = 1;

    /// <summary>Makes sure that a file can have <paramref name="length"/> bytes.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public static void Check(long length)
    {
        // The program may change it.
        var limit = Read();
        if ((ulong)length > limit)
            throw new IOException($"the file size limit is {limit} bytes (ulimit -f), but {length} are needed.");
    }

    static ulong Read()
    {
        try
        {
            return Path.DirectorySeparatorChar == '/' && GetLimit(FileSize, out var limits) == 0
                ? limits.Current
                : ulong.MaxValue;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return ulong.MaxValue;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Limits
    {
        public nuint Current;
        public nuint Most;
    }

#if NET8_0_OR_GREATER
    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limits limits);
#else
    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int GetLimit(int resource, out Limits limits);
#endif
}
