using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>A woven program that runs, and can be told what to do.</summary>
sealed class RunningProgram
{
    // Writing a large profile takes a while. Who looks for programs waits for all of them, and some may be suspended.
    const int Patience = 60, PatienceToFind = 5;

    readonly string socket;
    readonly ControlMessage status;

    RunningProgram(string socket, ControlMessage status)
    {
        this.socket = socket;
        this.status = status;
    }

    /// <summary>The folder that it and this tool both see.</summary>
    public string Folder => Path.GetDirectoryName(socket)!;

    /// <summary>The number of its process, as it knows it: in a container that is another one than outside.</summary>
    public string Process => status[ControlField.Process] ?? "";

    public string Name => status[ControlField.Program] ?? "";

    public string State => status[ControlField.State] ?? "";

    public string? Clock => status[ControlField.Clock];

    /// <summary>Where its profile is going to be written; null if it is not recording.</summary>
    public string? Output => status[ControlField.Output];

    /// <summary>Why its profile could not be written; null: it has not been stopped.</summary>
    public string? Problem => status[ControlField.Problem];

    /// <summary>The calls that have ended since it records; null if it does not.</summary>
    public long? Calls => Number(ControlField.Calls);

    /// <summary>The recorder's memory in bytes.</summary>
    public long Memory => Number(ControlField.Memory) ?? 0;

    /// <summary>Since when it has been recording, or asleep.</summary>
    public DateTime Since => new(Number(ControlField.Since) ?? 0, DateTimeKind.Utc);

    /// <summary>Whether it says nothing of itself: nothing but its process is known.</summary>
    public bool IsSilent => State == ControlField.Silent;

    /// <summary>What the recorder's version is.</summary>
    public string Version => status[ControlField.Version] ?? "";

    /// <summary>All that this user may talk to, by the number of their process.</summary>
    /// <exception cref="ToolException">It is another system than Linux.</exception>
    public static IReadOnlyList<RunningProgram> All() => All(socket => true);

    static IReadOnlyList<RunningProgram> All(Func<string, bool> isMeant)
    {
        if (!LinuxSocket.IsSupported)
            throw new ToolException("running programs can only be found on Linux, on x64 and ARM64.");
        // All at once, so that those which do not answer are waited for but once.
        var asked = Folders().SelectMany(SocketsIn).Where(isMeant).Select(socket => Task.Factory.StartNew(() => TryReach(socket, PatienceToFind),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();
        return [.. asked.Select(task => task.GetAwaiter().GetResult()).OfType<RunningProgram>()
            .OrderBy(program => program.Process.Length).ThenBy(program => program.Process, StringComparer.Ordinal)];
    }

    /// <summary>The one that is meant.</summary>
    /// <param name="text">The number of its process, or its name.</param>
    /// <exception cref="ToolException">There is none, or there are several.</exception>
    public static RunningProgram Find(string text)
    {
        // Its socket is named after the process, so that nobody else need be waited for.
        var all = text.All(char.IsAsciiDigit) ? All(socket => ProcessOf(socket) == text) : All();
        var found = all.Where(program => program.Process == text || program.Name == text).ToList();
        return found switch
        {
            [{ IsSilent: true } silent] => throw new ToolException($"{silent.WhySilent}. Continue it, or try again later."),
            [var only] => only,
            [] => throw new ToolException($"{WhyNot(text)} {string.Concat(all.Where(program => program.IsSilent).Select(program => $"(But {program.WhySilent}.) "))}" +
                "dotnet prof ps lists the woven programs that are running."),
            _ => throw new ToolException($"{found.Count} programs named {text} are running: specify the process id " +
                $"({string.Join(", ", found.Select(program => program.Process))})."),
        };
    }

    /// <summary>Removes the socket of a process that has ended: one that a signal has ended could not.</summary>
    public static void Forget(int process)
    {
        if (!LinuxSocket.IsSupported)
            return;
        foreach (var socket in Folders().Select(folder => Path.Combine(folder, $"{process}{ControlFolder.Suffix}")).Where(File.Exists))
        {
            var connection = LinuxSocket.Connect(socket, out var isDeserted);
            if (isDeserted)
                File.Delete(socket);
            if (connection >= 0)
                _ = LinuxSocket.Close(connection);
        }
    }

    /// <summary>The same program as it is now; null if it has ended.</summary>
    public RunningProgram? Again() => TryReach(socket, Patience) is { IsSilent: false } program ? program : null;

    /// <summary>Has the program do something.</summary>
    /// <returns>Its answer.</returns>
    /// <exception cref="ToolException">It cannot, or has ended.</exception>
    public ControlMessage Tell(ControlMessage command)
    {
        var answer = Ask(socket, command, Patience, out _) ?? throw new ToolException($"{Name} ({Process}) does not answer: it has ended or is suspended.");
        return answer.Word == ControlMessage.Done
            ? answer
            : throw new ToolException($"{Name} ({Process}): {answer[ControlMessage.Reason]?.TrimEnd('.')}.");
    }

    string WhySilent => $"process {Process} does not answer: it is suspended, or busy with another command";

    static string WhyNot(string text) => !text.All(char.IsAsciiDigit) ? $"no woven program {text} is running."
        : Directory.Exists("/proc/" + text)
            ? $"process {text} is not woven, is set not to be found (Control, {EnvironmentVariable.Control}), or belongs to another user."
            : $"there is no process {text}.";

    static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable.Control) is { Length: > 0 } folder && folder is not (ControlText.On or ControlText.Off))
            return [Path.GetFullPath(folder)];
        // Root finds the programs of all users. Everybody may make a folder or a link there, and leave in it what is not theirs.
        var users = LinuxSocket.User != 0 ? [LinuxSocket.User]
            : Directory.EnumerateDirectories("/tmp", Path.GetFileName(ControlFolder.Beginning) + "*")
                .Select(path => uint.TryParse(path.AsSpan(ControlFolder.Beginning.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : uint.MaxValue);
        return users.Where(user => ControlFolder.IsOf(user, ControlFolder.Of(user))).Select(ControlFolder.Of);
    }

    static IEnumerable<string> SocketsIn(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*" + ControlFolder.Suffix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // PID.control, or PID-2.control of a process in another container.
    static string ProcessOf(string socket) => Path.GetFileName(socket)[..^ControlFolder.Suffix.Length].Split('-')[0];

    // Null: nobody listens there.
    static RunningProgram? TryReach(string socket, int patience)
    {
        var answer = Ask(socket, new(ControlField.Status), patience, out var isSilent);
        return answer is { Word: ControlMessage.Done } ? new(socket, answer)
            : isSilent ? new(socket, new(ControlMessage.Done)
            {
                [ControlField.Process] = ProcessOf(socket),
                [ControlField.State] = ControlField.Silent,
            })
            : null;
    }

    static ControlMessage? Ask(string socket, ControlMessage question, int patience, out bool isSilent)
    {
        var connection = LinuxSocket.Connect(socket, out var isDeserted, out isSilent);
        // Of a process that was killed.
        if (isDeserted)
            File.Delete(socket);
        if (connection < 0)
            return null;
        try
        {
            LinuxSocket.SetPatience(connection, patience);
            LinuxSocket.Write(connection, question.ToLine());
            if (LinuxSocket.ReadLine(connection, ControlMessage.LongestLine, patience, out isSilent) is { } line)
                return ControlMessage.Read(line);
            return null;
        }
        finally
        {
            _ = LinuxSocket.Close(connection);
        }
    }

    long? Number(string field) =>
        long.TryParse(status[field], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
