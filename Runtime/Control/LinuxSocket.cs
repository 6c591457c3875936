#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// A socket at a path, by system calls of Linux: .NET's own sockets would cost each start of a program some milliseconds. Only who
/// may open the path can connect, the system tells who that is, and it knows when either side is gone.
/// </summary>
static unsafe partial class LinuxSocket
{
    const int Local = 1, Stream = 1, CloseOnExec = 0x80000;
    const int SocketLevel = 1, PeerCredentials = 17, ReceiveTimeout = 20, SendTimeout = 21;
    const int NoSignal = 0x4000;
    // Of a socket that waits for a limited time, any signal of the process ends the wait: that of a child that has ended, for example.
    const int ErrorInterrupted = 4;
    const int ErrorAgain = 11, ErrorInUse = 98, ErrorRefused = 111;

    // How long to wait until somebody who has many callers takes one more.
    const int PatienceToConnect = 5;

    /// <summary>The longest path, in bytes (unix(7): 108, the last of which is 0).</summary>
    public const int LongestPath = 107;

    /// <summary>Whether the numbers of these calls are those of this system.</summary>
    public static bool IsSupported => LinuxMemory.IsSupported
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The user that the process acts for.</summary>
    public static uint User => GetEffectiveUser();

    /// <summary>Waits for connections at a path that only this user may open.</summary>
    /// <param name="path">Where nothing is.</param>
    /// <param name="isInUse">Whether there is something at the path.</param>
    /// <returns>The socket; -1 if there is something at the path, or the socket cannot be made.</returns>
    public static int Listen(string path, out bool isInUse)
    {
        const int mostWaiting = 16;
        isInUse = false;
        var address = stackalloc byte[AddressSize];
        if (!TryWrite(path, address))
            return -1;
        var socket = Socket(Local, Stream | CloseOnExec, 0);
        if (socket < 0)
            return -1;
        // Before it has a path, which gets the mode of the socket.
        if (ChangeMode(socket, 0b110_000_000) == 0 && Bind(socket, address, AddressSize) == 0 && Listen(socket, mostWaiting) == 0)
            return socket;
        isInUse = Marshal.GetLastPInvokeError() == ErrorInUse;
        _ = Close(socket);
        return -1;
    }

    /// <summary>Connects to who listens at a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isDeserted">Whether there is a socket of this user, and who has listened there is gone: not a file of that name, nor a
    /// link, which nobody listens at either.</param>
    /// <returns>The socket; -1 if nobody does, or this user may not.</returns>
    public static int Connect(string path, out bool isDeserted) => Connect(path, out isDeserted, out _);

    /// <summary>As <see cref="Connect(string, out bool)"/>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isDeserted">Whether who has listened there is gone.</param>
    /// <param name="isBusy">Whether there is somebody, who takes no more callers.</param>
    public static int Connect(string path, out bool isDeserted, out bool isBusy)
    {
        isDeserted = isBusy = false;
        var address = stackalloc byte[AddressSize];
        if (!TryWrite(path, address))
            return -1;
        var socket = Socket(Local, Stream | CloseOnExec, 0);
        if (socket < 0)
            return -1;
        SetPatience(socket, PatienceToConnect);
        // Each of many signals would have it wait as long again.
        var end = Environment.TickCount64 + 1000L * PatienceToConnect;
        int connected;
        while ((connected = Connect(socket, address, AddressSize)) < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted
            && Environment.TickCount64 < end)
        {
        }
        if (connected == 0)
            return socket;
        isBusy = Marshal.GetLastPInvokeError() is ErrorAgain or ErrorInterrupted;
        isDeserted = Marshal.GetLastPInvokeError() == ErrorRefused && LinuxPath.IsSocketOf(address + sizeof(ushort), User);
        _ = Close(socket);
        return -1;
    }

    /// <summary>Takes the next connection.</summary>
    /// <param name="socket">One that listens.</param>
    /// <param name="milliseconds">How long to wait at most; -1: for ever.</param>
    /// <param name="hasCome">Whether somebody came.</param>
    /// <returns>The connection; -1 if nobody came, or it could not be taken.</returns>
    public static int Accept(int socket, int milliseconds, out bool hasCome)
    {
        const short input = 1;
        // struct pollfd { int fd; short events; short revents; }
        var look = stackalloc short[4];
        *(int*)look = socket;
        look[2] = input;
        hasCome = Poll(look, 1, milliseconds) > 0;
        return hasCome ? Accept(socket, null, null, CloseOnExec) : -1;
    }

    /// <summary>The user at the other end; <see cref="uint.MaxValue"/> if the system does not say.</summary>
    public static uint PeerOf(int connection)
    {
        // struct ucred { pid_t pid; uid_t uid; gid_t gid; }
        var credentials = stackalloc uint[3];
        var size = 3 * sizeof(uint);
        return GetOption(connection, SocketLevel, PeerCredentials, credentials, &size) == 0 ? credentials[1] : uint.MaxValue;
    }

    /// <summary>Has neither reading nor writing wait for longer.</summary>
    public static void SetPatience(int connection, int seconds)
    {
        // struct timeval { long seconds; long microseconds; }
        var time = stackalloc long[2];
        time[0] = seconds;
        time[1] = 0;
        _ = SetOption(connection, SocketLevel, ReceiveTimeout, time, 2 * sizeof(long));
        _ = SetOption(connection, SocketLevel, SendTimeout, time, 2 * sizeof(long));
    }

    /// <summary>Reads up to and without the first line feed.</summary>
    /// <param name="connection">Where from.</param>
    /// <param name="most">How many bytes a line may have.</param>
    /// <param name="seconds">How long all of it may take, about.</param>
    /// <returns>Null if there is no whole line, or a longer one.</returns>
    public static byte[]? ReadLine(int connection, int most, int seconds) => ReadLine(connection, most, seconds, out _);

    /// <summary>As <see cref="ReadLine(int, int, int)"/>.</summary>
    /// <param name="connection">Where from.</param>
    /// <param name="most">How many bytes a line may have.</param>
    /// <param name="seconds">How long all of it may take, about.</param>
    /// <param name="isSilent">Whether the other end is there, and has said nothing for too long.</param>
    public static byte[]? ReadLine(int connection, int most, int seconds, out bool isSilent)
    {
        isSilent = false;
        SetPatience(connection, seconds);
        var end = Environment.TickCount64 + 1000L * seconds;
        var line = new byte[most];
        fixed (byte* start = line)
        {
            // Who sends a byte now and then is not waited for either.
            for (var length = 0; length < most && Environment.TickCount64 < end;)
            {
                var count = (int)Receive(connection, start + length, most - length, 0);
                if (count < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
                    continue;
                if (count <= 0)
                {
                    isSilent = count < 0 && Marshal.GetLastPInvokeError() == ErrorAgain;
                    return null;
                }
                length += count;
                if (start[length - 1] == '\n')
                    return line[..(length - 1)];
            }
        }
        isSilent = Environment.TickCount64 >= end;
        return null;
    }

    /// <summary>Writes all; gives up if the other end has gone, or takes too long.</summary>
    public static void Write(int connection, ReadOnlySpan<byte> bytes)
    {
        var end = Environment.TickCount64 + 1000L * PatienceToConnect;
        fixed (byte* start = bytes)
        {
            for (var written = 0; written < bytes.Length;)
            {
                var count = (int)Send(connection, start + written, bytes.Length - written, NoSignal);
                if (count < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted && Environment.TickCount64 < end)
                    continue;
                if (count <= 0)
                    return;
                written += count;
            }
        }
    }

    /// <summary>Gives a socket back.</summary>
    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int socket);

    // struct sockaddr_un { unsigned short family; char path[108]; }
    const int AddressSize = sizeof(ushort) + LongestPath + 1;

    static bool TryWrite(string path, byte* address)
    {
        new Span<byte>(address, AddressSize).Clear();
        *(ushort*)address = Local;
        // Not as a span: the assembly of those of texts would be loaded for it, at each start of a program.
        fixed (char* text = path)
        {
            var encoding = System.Text.Encoding.UTF8;
            if (encoding.GetByteCount(text, path.Length) > LongestPath)
                return false;
            encoding.GetBytes(text, path.Length, address + sizeof(ushort), LongestPath);
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "fchmod")]
    private static partial int ChangeMode(int file, uint mode);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, byte* address, int size);

    [LibraryImport("libc", EntryPoint = "listen")]
    private static partial int Listen(int socket, int most);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int socket, byte* address, int size);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(short* looks, nint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "accept4")]
    private static partial int Accept(int socket, byte* address, int* size, int flags);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetOption(int socket, int level, int name, void* value, int* size);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(int socket, int level, int name, void* value, int size);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, byte* bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, byte* bytes, nint count, int flags);
}
#endif
