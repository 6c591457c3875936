using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>The start of a live file. The directory of its chunks follows.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
unsafe struct LiveHeader
{
    /// <summary>Also the size of an entry of the directory.</summary>
    public const int Size = 64;

    /// <summary>What header and directory take together.</summary>
    public const int Space = 1 << 16;

    /// <summary>How many chunks the directory has room for.</summary>
    public const int MostChunks = Space / Size - 1;

    /// <summary>"PWLIVE", read as a little-endian number.</summary>
    public const ulong MagicNumber = 0x0000_4556_494C_5750;

    /// <summary>To be raised with every change of a structure in the file: this one, <see cref="Registry"/>'s, and those
    /// of arenas, frames and nodes.</summary>
    public const int CurrentVersion = 9;

    public ulong Magic;

    public int Version;

    /// <summary>The size of an address in the process.</summary>
    public int AddressSize;

    /// <summary>The process that records into the file, or did.</summary>
    public int ProcessId;

    /// <summary>How many entries the directory has.</summary>
    public int Chunks;

    /// <summary>Where the registry is; null before there is one, and after everything has been written elsewhere.</summary>
    public Registry* Registry;

    /// <summary>The duration of the profile that was written because of a signal, in units of 100 ns; otherwise
    /// 0.</summary>
    public long WrittenDuration;

    /// <summary>Whether the file is not, or not for long, at the path where it was made.</summary>
    public bool IsReleased;

    /// <summary>Whether the recorder had to go on in private memory because the file could not grow.</summary>
    public bool IsIncomplete;

    /// <summary>The header of a file of this process.</summary>
    public static LiveHeader Create() => new()
    {
        Magic = MagicNumber,
        Version = CurrentVersion,
        AddressSize = sizeof(nint),
        ProcessId = ThisProcess.Id,
    };

    /// <summary>Reads the header at the start of a file; null if there is none.</summary>
    public static LiveHeader? Read(Stream stream)
    {
        var bytes = new byte[Size];
        stream.Position = 0;
        for (int length = 0, read; length < Size; length += read)
        {
            read = stream.Read(bytes, length, Size - length);
            if (read == 0)
                return null;
        }
        fixed (byte* start = bytes)
            return *(LiveHeader*)start is { Magic: MagicNumber } header ? header : null;
    }

    /// <summary>Writes the header of a file that no process has mapped any more.</summary>
    public readonly void Write(Stream stream)
    {
        var bytes = new byte[Size];
        fixed (byte* start = bytes)
            *(LiveHeader*)start = this;
        stream.Position = 0;
        stream.Write(bytes, 0, Size);
        stream.Flush();
    }

    /// <summary>Why this version on this machine cannot read the file; null if it can.</summary>
    public readonly string? Obstacle =>
        Version != CurrentVersion
            ? $"its format is {Version}, but this version of ProfilerWeaver reads format {CurrentVersion}: use the version " +
                "the program was woven with"
        : AddressSize != sizeof(nint)
            ? $"it was recorded by a {8 * AddressSize}-bit process: read it in one"
        : null;
}

/// <summary>An entry of a live file's directory of chunks.</summary>
[StructLayout(LayoutKind.Sequential, Size = LiveHeader.Size)]
struct LiveChunk
{
    /// <summary>Where the process had it mapped.</summary>
    public ulong Address;

    /// <summary>Where it begins in the file.</summary>
    public long Offset;

    /// <summary>Its length in bytes.</summary>
    public long Length;
}
