#if NET8_0_OR_GREATER
namespace ProfilerWeaver;

/// <summary>
/// Takes commands of <c>dotnet prof</c> at a socket, one after the other. Nothing that anybody
/// sends does the program harm: what is no command is answered by an error, who says nothing is waited for a second.
/// </summary>
sealed class ControlServer
{
    const int Patience = 1;
    const int MostOfOneNumber = 100;

    readonly int socket;
    readonly Func<ControlMessage, ControlMessage> answer;

    ControlServer(int socket, string path, Func<ControlMessage, ControlMessage> answer)
    {
        this.socket = socket;
        this.answer = answer;
        Path = path;
    }

    /// <summary>The socket's path.</summary>
    public string Path { get; }

    /// <summary>Begins to listen; null if that cannot be.</summary>
    /// <param name="folder">Where others look for sockets.</param>
    /// <param name="process">The number of the process.</param>
    /// <param name="answer">Does what a command says. Called by <see cref="Serve"/>.</param>
    public static ControlServer? Listen(string folder, string process, Func<ControlMessage, ControlMessage> answer)
    {
        var path = $"{folder}/{process}{ControlFolder.Suffix}";
        for (var number = 2; ; number++)
        {
            var socket = LinuxSocket.Listen(path, out var isInUse);
            if (socket >= 0)
                return new(socket, path, answer);
            if (!isInUse || number > MostOfOneNumber)
                return null;
            var other = LinuxSocket.Connect(path, out var isDeserted);
            // A process of that number was killed.
            if (isDeserted && Remove(path))
                continue;
            // Or it runs, in another container that shares the folder.
            if (other >= 0)
                _ = LinuxSocket.Close(other);
            path = $"{folder}/{process}-{number}{ControlFolder.Suffix}";
        }
    }

    /// <summary>Nobody finds the process any more.</summary>
    public void End() => Remove(Path);

    /// <summary>Waits for commands and answers them, for ever.</summary>
    /// <param name="wait">How many milliseconds to wait for the next one before <paramref name="idle"/>; -1: for ever.</param>
    /// <param name="idle">Done when no command came in that time.</param>
    public void Serve(Func<int> wait, Action idle)
    {
        while (true)
        {
            var connection = LinuxSocket.Accept(socket, wait(), out var hasCome);
            if (connection >= 0)
            {
                Converse(connection);
                _ = LinuxSocket.Close(connection);
            }
            else if (hasCome)
            {
                // The program has as many files open as it may.
                Thread.Sleep(100);
            }
            else
            {
                idle();
            }
        }
    }

    void Converse(int connection)
    {
        var peer = LinuxSocket.PeerOf(connection);
        if (peer != 0 && peer != LinuxSocket.User)
            return;
        if (LinuxSocket.ReadLine(connection, ControlMessage.LongestLine, Patience) is not { } line)
            return;
        ControlMessage reply;
        try
        {
            reply = ControlMessage.Read(line) is { } message ? answer(message) : ControlMessage.Error("this is no command");
        }
        catch (Exception e)
        {
            reply = ControlMessage.Error(e.Message);
        }
        LinuxSocket.Write(connection, reply.ToLine());
    }

    static bool Remove(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever looks for processes finds that nobody listens.
            return false;
        }
    }
}
#endif
