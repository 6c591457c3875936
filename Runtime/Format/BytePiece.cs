using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>Bytes that do not change, outside of .NET's heap.</summary>
sealed unsafe class BytePiece : IDisposable
{
    readonly int length;
    byte* memory;

    /// <param name="source">What begins with them.</param>
    /// <param name="length">How many there are.</param>
    /// <exception cref="OutOfMemoryException">There is no memory.</exception>
    public BytePiece(byte[] source, int length)
    {
        this.length = length;
        memory = PrivateMemory.Allocate(length, isWritten: true);
        Marshal.Copy(source, 0, (nint)memory, length);
    }

    ~BytePiece() => Dispose();

    /// <summary>Copies them to the beginning of an array.</summary>
    /// <returns>How many there are.</returns>
    public int CopyTo(byte[] target)
    {
        Marshal.Copy((nint)memory, target, 0, length);
        GC.KeepAlive(this);
        return length;
    }

    /// <summary>Gives the memory back; they are not to be read any more.</summary>
    public void Dispose()
    {
        PrivateMemory.Free(memory, length);
        memory = null;
        GC.SuppressFinalize(this);
    }
}
