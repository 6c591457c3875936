using System.Text.Json;

namespace ProfilerWeaver.Tests.Browsing;

/// <summary>A program on a pseudo-terminal: keys are typed and the screen is read. Python's <c>pty</c> drives it.</summary>
static class Terminal
{
    const string Driver = """
        import fcntl, json, os, pty, re, select, struct, sys, termios, time

        job = json.loads(sys.argv[1])

        class Screen:
            '''What a terminal of type xterm shows, with everything that scrolled away.'''
            ESCAPE = re.compile('\x1b(?:\\[([0-9;?]*)([@-~])|[=>])')

            def __init__(self, columns):
                self.columns, self.rows, self.row, self.column = columns, [[]], 0, 0

            def put(self, character):
                if self.column == self.columns:
                    self.go(self.row + 1, 0)
                line = self.rows[self.row]
                line.extend(' ' * (self.column + 1 - len(line)))
                line[self.column] = character
                self.column += 1

            def go(self, row, column):
                self.row, self.column = max(row, 0), max(column, 0)
                while len(self.rows) <= self.row:
                    self.rows.append([])

            def control(self, arguments, command):
                count = int(arguments) if arguments.isdigit() else 0
                some = max(count, 1)
                line = self.rows[self.row]
                if command == 'A':
                    self.go(self.row - some, self.column)
                elif command == 'B':
                    self.go(self.row + some, self.column)
                elif command == 'C':
                    self.go(self.row, self.column + some)
                elif command == 'D':
                    self.go(self.row, self.column - some)
                elif command == 'G':
                    self.go(self.row, some - 1)
                elif command == 'P':
                    del line[self.column:self.column + some]
                elif command == '@':
                    line[self.column:self.column] = ' ' * some
                elif command == 'K' and count == 0:
                    del line[self.column:]
                elif command == 'J' and count == 0:
                    del line[self.column:]
                    del self.rows[self.row + 1:]
                elif command == 'H' or command == 'J':
                    self.rows, self.row, self.column = [[]], 0, 0
                elif command not in 'hlm':
                    raise ValueError('unknown sequence ' + arguments + command)

            def show(self, text):
                position = 0
                while position < len(text):
                    character = text[position]
                    escape = self.ESCAPE.match(text, position)
                    if escape:
                        position = escape.end()
                        if escape.group(2):
                            self.control(escape.group(1), escape.group(2))
                        continue
                    position += 1
                    if character == '\r':
                        self.column = 0
                    elif character == '\n':
                        self.go(self.row + 1, self.column)
                    elif character == '\b':
                        self.column = max(min(self.column, self.columns - 1) - 1, 0)
                    elif character != '\a':
                        self.put(character)
                return self

            def text(self):
                return '\n'.join(''.join(line).rstrip() for line in self.rows)

        pid, terminal = pty.fork()
        if pid == 0:
            os.environ.update(job['environment'], TERM='xterm')
            os.chdir(job['folder'])
            time.sleep(0.05)
            os.execvp(job['command'][0], job['command'])
        def echoes():
            return termios.tcgetattr(terminal)[3] & termios.ECHO != 0

        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 24, job['columns'], 0, 0))

        output = b''

        def read(end=None, again=b''):
            '''Reads until what is new ends as expected, or to the end of the program; types again what had no effect.'''
            global output
            start, deadline = len(output), time.time() + 30
            while time.time() < deadline:
                if not select.select([terminal], [], [], 1)[0]:
                    os.write(terminal, again)
                    continue
                try:
                    part = os.read(terminal, 65536)
                except OSError:
                    part = b''
                if not part:
                    return
                output += part
                shown = Screen.ESCAPE.sub('', output.decode('utf-8', 'replace'))
                if end and re.search('(?s)(?:' + end + ')\\Z', shown):
                    return
            os.kill(pid, 9)
            raise SystemExit('%r was expected at the end of %r' % (end, output[start:]))

        read('% ')
        for keys, end in job['steps']:
            while echoes():
                time.sleep(0.001)
            os.write(terminal, keys.encode('utf-8'))
            # A Ctrl-C that comes just before Python waits for a key is seen with the next one only.
            read(end, b'\x03' if keys == '\x03' and 'pstats' in job['command'] else b'')
        _, status = os.waitpid(pid, 0)
        screen = Screen(job['columns']).show(output.decode('utf-8')).text()
        print(json.dumps({'Screen': screen, 'Status': status, 'Echoes': echoes()}))
        """;

    /// <summary>What is on the screen when the program has ended, how it ended, and whether the terminal shows again what
    /// is typed.</summary>
    public sealed record Result(string Screen, int Status, bool Echoes);

    /// <summary>Types keys, each time waiting until what the program writes ends with a regular expression; an empty one
    /// waits for the end of the program.</summary>
    public static Result Run(
        string folder, string[] command, (string Keys, string End)[] steps, int columns = 80, string? stateFolder = null)
    {
        var job = JsonSerializer.Serialize(new
        {
            folder,
            command,
            columns,
            steps = Array.ConvertAll(steps, step => new[] { step.Keys, step.End }),
            environment = new Dictionary<string, string>
            {
                ["XDG_STATE_HOME"] = stateFolder ?? Path.Combine(folder, "state"),
                ["INPUTRC"] = "/dev/null",
                ["LC_ALL"] = "C.UTF-8",
            },
        });
        return JsonSerializer.Deserialize<Result>(CPython.Latest.Run(Driver, job))!;
    }
}
