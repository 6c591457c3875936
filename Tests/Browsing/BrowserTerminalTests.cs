namespace ProfilerWeaver.Tests.Browsing;

/// <summary>The browser on a terminal, beside CPython's own with GNU readline: the same keys, the same screen.</summary>
[Platform("Linux")]
sealed class BrowserTerminalTests : IDisposable
{
    const string Prompt = "% ";
    const string Up = "\e[A";
    const string Down = "\e[B";
    const string Left = "\e[D";
    const string CtrlA = "\x01";
    const string CtrlE = "\x05";
    const string CtrlK = "\x0B";
    const string CtrlU = "\x15";
    const string CtrlW = "\x17";
    const string CtrlY = "\x19";
    const string CtrlD = "\x04";
    const string Backspace = "\x7F";

    readonly TemporaryFolder folder = new();

    public BrowserTerminalTests()
    {
        ProfFile.Write(RandomProfiles.Recording(1), folder.File("a.prof"));
        ProfFile.Write(RandomProfiles.Recording(2), folder.File("b.prof"));
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void Every_command_shows_the_same() => Compare(
        80,
        ["a.prof"],
        Lines("help", "stats 2", "", "sort", "sort cumulative", "stats 3", "reverse", "callers 1", "callees 0.2", "strip",
            "stats 1", "add b.prof", "stats 2", "read b.prof", "stats 1", "read missing", "foo", "stats 1.5 1", "?sort"),
        ("quit\r", ""));

    [Test]
    public void Ctrl_D_on_an_empty_line_leaves() => Compare(80, [], Lines("help quit"), (CtrlD, ""));

    [Test]
    public void Ctrl_C_leaves_in_silence() => Compare(80, [], Lines("help quit"), ("\x03", ""));

    [Test]
    public void Commands_and_sort_keys_are_completed() => Compare(
        80,
        ["a.prof"],
        [
            ("s\t\t", "strip.*\r\na.prof% s"), ("or\t", "sort"), (" cum\t\t", "cumulative.*\r\na.prof% sort cum"), ("u\t", "cumulative"),
            ("\r", Prompt), ("st\t\t", "strip.*% st"), ("a\t", "stats"), (" 1\r", Prompt), ("?rev\t", "reverse"), ("\r", Prompt),
            ("help c\t\t\t", "callers.*\r\n.*% help calle"), ("r\t", "callers"), ("\r", Prompt), ("\t\t", "stats +\r\na.prof% "),
        ],
        (CtrlD, ""));

    [Test]
    public void Lines_are_edited_with_the_keys_of_readline() => Compare(
        80,
        ["a.prof"],
        [
            ($"stat 1{CtrlA}", "."), ("\x06\x06\x06\x06s\r", Prompt),
            ($"statx{Backspace}s 2{Left}{Left}{CtrlD}{CtrlE}", "."), ($"{CtrlU}", "."), ($"{CtrlY}{CtrlA}{CtrlK}{CtrlY}\r", Prompt),
            ($"stats foo bar{CtrlW}{CtrlW}1\r", Prompt),
            ($"sort calls{"\eb"}{"\ed"}name{"\e[H"}{"\e[F"}\r", Prompt),
        ],
        ("quit\r", ""));

    [Test]
    public void Earlier_lines_are_recalled() => Compare(
        80,
        ["a.prof"],
        [
            .. Lines("stats 1", "stats 2", "sort calls"),
            (Up + Up + Up, "."), ("\r", Prompt), ($"draft{Up}{Down}{CtrlU}help quit{Up}{Up}{Down}{Down}\r", Prompt),
        ],
        ("quit\r", ""));

    [Test]
    public void A_line_may_be_longer_than_the_terminal_is_wide() => Compare(
        40,
        ["a.prof"],
        [
            ("stats aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "."),
            ($"{CtrlA}", "."), ("x", "."), ($"{CtrlE}y", "."), (string.Concat(Enumerable.Repeat(Left, 45)), "."), ("z", "."), ("\r", Prompt),
        ],
        ("quit\r", ""));

    [Test]
    public void Names_of_files_are_completed()
    {
        Directory.CreateDirectory(folder.File("sub"));
        File.Copy(folder.File("a.prof"), folder.File("sub/with blank.prof"));

        using var state = new TemporaryFolder();
        var (screen, status, _) = Terminal.Run(folder.Location, Browsers.OurCommand,
        [
            ("read \t\t", "sub/ +\r\n% read "), ("s\t", "sub/"), ("w\t", "prof"), ("\r", Prompt),
            ("add b\t", "b.prof"), ("\r", Prompt), ("quit\r", ""),
        ], stateFolder: state.Location);

        Assert.That(status, Is.Zero);
        Assert.That(screen, Is.EqualTo("""
            Welcome to the profile statistics browser.
            % read
            a.prof  b.prof  sub/
            % read sub/with blank.prof
            sub/with blank.prof% add b.prof
            sub/with blank.prof% quit
            Goodbye.

            """));
    }

    [Test]
    public void Earlier_sessions_are_recalled()
    {
        var state = folder.File("kept");
        Terminal.Run(folder.Location, Browsers.OurCommand, [("help quit\r", Prompt), ("quit\r", "")], stateFolder: state);

        var screen = Terminal.Run(
            folder.Location, Browsers.OurCommand, [(Up + Up, "help quit"), ("\r", Prompt), ("quit\r", "")], stateFolder: state).Screen;

        Assert.That(screen, Does.Contain("% help quit\nLeave the profile browser.\n"));
        Assert.That(File.ReadAllLines(Path.Combine(state, "dotnet-prof", "history")),
            Is.EqualTo(["help quit", "quit", "help quit", "quit"]));
    }

    [Test]
    public void Where_no_history_can_be_kept_the_browser_works_all_the_same()
    {
        File.WriteAllText(folder.File("taken"), "");

        var screen = Terminal.Run(
            folder.Location, Browsers.OurCommand, [("help quit\r", Prompt), ("quit\r", "")], stateFolder: folder.File("taken")).Screen;

        Assert.That(screen, Does.EndWith("Leave the profile browser.\n% quit\nGoodbye.\n"));
    }

    void Compare(int columns, string[] files, (string Keys, string End)[] steps, (string Keys, string End) last)
    {
        var ours = Terminal.Run(folder.Location, [.. Browsers.OurCommand, .. files], [.. steps, last], columns);
        var theirs = Terminal.Run(folder.Location, [.. Browsers.PythonCommand, .. files], [.. steps, last], columns);

        Assert.That(ours.Screen, Is.EqualTo(theirs.Screen));
        Assert.That(ours.Status, Is.EqualTo(theirs.Status));
        Assert.That(ours.Echoes, Is.True);
    }

    static (string Keys, string End)[] Lines(params string[] lines) => Array.ConvertAll(lines, line => (line + "\r", Prompt));
}
