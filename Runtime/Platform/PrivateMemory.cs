using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// Zeroed memory of the process alone. On Linux it comes straight from the system: it may be needed where a thread's stack
/// ends, and a thread that ends within malloc keeps its lock, for which .NET would wait instead of ending the process.
/// </summary>
static unsafe class PrivateMemory
{
#if NET8_0_OR_GREATER
    static bool isMapped = LinuxMemory.IsSupported;
#endif

    /// <summary>Takes memory from the system.</summary>
    /// <param name="size">How much.</param>
    /// <param name="isWritten">Whether all of it is written at once.</param>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public static byte* Allocate(nint size, bool isWritten = false)
    {
#if NET8_0_OR_GREATER
        if (isMapped)
        {
            try
            {
                var memory = LinuxMemory.MapPrivate(size, isWritten);
                return memory == null ? throw new InsufficientMemoryException() : memory;
            }
            catch (Exception e) when (LinuxMemory.IsUnknown(e))
            {
                isMapped = false;
            }
        }
        return (byte*)NativeMemory.AllocZeroed((nuint)size);
#else
        var words = (size + sizeof(long) - 1) / sizeof(long);
        var memory = (long*)Marshal.AllocHGlobal(words * sizeof(long));
        for (nint i = 0; i < words; i++)
            memory[i] = 0;
        return (byte*)memory;
#endif
    }

    /// <summary>Gives back the beginning of what is left of what <see cref="Allocate"/> returned; all of it where the system takes
    /// it back as a whole only.</summary>
    /// <param name="memory">Where that begins.</param>
    /// <param name="size">What is left, in bytes.</param>
    /// <param name="atMost">How much is to be given back, in bytes; whole pages.</param>
    /// <returns>How much was given back.</returns>
    public static nint FreePart(byte* memory, nint size, nint atMost)
    {
#if NET8_0_OR_GREATER
        if (isMapped)
            size = Math.Min(size, atMost);
#endif
        Free(memory, size);
        return size;
    }

    /// <summary>Gives back what <see cref="Allocate"/> returned for that size.</summary>
    public static void Free(byte* memory, nint size)
    {
        if (memory == null)
            return;
#if NET8_0_OR_GREATER
        if (isMapped)
            LinuxMemory.Unmap(memory, size);
        else
            NativeMemory.Free(memory);
#else
        Marshal.FreeHGlobal((nint)memory);
#endif
    }
}
