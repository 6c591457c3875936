using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>A command that runs in a terminal, as far as it can tell.</summary>
static class PseudoTerminal
{
    // Waits for each text of the dialogue, sends what follows it, and prints the exit code and all that was shown.
    const string Script = """
        import fcntl, json, os, pty, select, struct, sys, termios, time
        job = json.loads(sys.argv[1])
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(job["folder"])
            os.environ.update(job["environment"])
            os.execvp(job["command"][0], job["command"])
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, job["columns"], 0, 0))
        shown, seen, dialogue, end = b"", 0, list(job["dialogue"]), time.time() + 120
        while time.time() < end:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                read = os.read(terminal, 65536)
            except OSError:
                break
            if not read:
                break
            shown += read
            while dialogue and dialogue[0][0].encode() in shown[seen:]:
                seen = len(shown)
                os.write(terminal, dialogue.pop(0)[1].encode())
        else:
            os.kill(pid, 9)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        sys.stdout.buffer.write(json.dumps([code, shown.decode()]).encode())
        """;

    /// <summary>Runs the tool in a terminal of so many columns.</summary>
    /// <param name="dialogue">Texts to wait for, each with what is typed then.</param>
    /// <returns>The exit code, and what was shown, control characters included.</returns>
    public static (int ExitCode, string Shown) Run(
        ProfTool tool, int columns, IEnumerable<string> arguments, params (string WaitFor, string Type)[] dialogue)
    {
        var job = JsonSerializer.Serialize(new
        {
            folder = tool.Folder,
            command = (string[])["dotnet", ProfTool.Assembly, .. arguments],
            environment = new Dictionary<string, string> { ["DOTNET_PROF_CACHE"] = tool.Cache, ["TERM"] = "xterm-256color" },
            columns,
            dialogue = dialogue.Select(pair => new[] { pair.WaitFor, pair.Type }),
        });
        var result = JsonDocument.Parse(CPython.Latest.Run(Script, job)).RootElement;
        return (result[0].GetInt32(), result[1].GetString()!.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    /// <summary>The lines as they stand there in the end, without colours.</summary>
    public static string[] Lines(string shown) =>
        [.. Regex.Replace(shown, @"\e(\[[0-9;?]*[A-Za-z]|[=>])", "").Split('\n').Select(line => line.Split('\r')[^1].TrimEnd())];
}
