namespace ProfilerWeaver.Tests.Browsing;

/// <summary>The commands of the browser, beside CPython's own, which reads the same lines.</summary>
[NonParallelizable]
sealed class BrowserTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly string startFolder = Environment.CurrentDirectory;

    public BrowserTests()
    {
        ProfFile.Write(RandomProfiles.Recording(1), folder.File("a.prof"));
        ProfFile.Write(RandomProfiles.Recording(2), folder.File("b.prof"));
        new Stats(RandomProfiles.Recording(3)).DumpStats(folder.File("with blank.prof"));
        Environment.CurrentDirectory = folder.Location;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = startFolder;
        folder.Dispose();
    }

    [TestCase("")]
    [TestCase("quit\n")]
    [TestCase("EOF\n")]
    [TestCase("quit now\nstats\n")]
    [TestCase("\n\n  \nhelp\n\n")]
    [TestCase("?\n? stats\n?add\n??\nhelp nothing\nhelp stats now\nhelp  EOF \nhelp help\n")]
    [TestCase("help EOF\nhelp add\nhelp callees\nhelp callers\nhelp help\nhelp quit\nhelp read\nhelp reverse\nhelp sort\nhelp stats\nhelp strip\n")]
    [TestCase("foo\n!ls\n%\nstats5\nStats\n stats!\n\n")]
    [TestCase("stats\ncallers\ncallees\nsort\nsort calls\nreverse\nstrip\nadd a.prof\nread\nstats 2\n")]
    [TestCase("stats 2\nstats 1.5\ncallers -0.5 x\n")]
    public void Without_a_profile_the_answers_are_those_of_CPython(string lines) => Compare(lines);

    [TestCase("stats\n")]
    [TestCase("stats 2\nstats 0.5\nstats Main\nstats .25 1\nstats 3 Load 0.9\n\n")]
    [TestCase("stats 1.0\nstats 1\nstats -1\nstats 1.5\nstats -0.5\nstats 5 2.0 3\nstats 0\nstats nan\nstats inf 2\nstats 1e-1\nstats 1_0\nstats +2\nstats 99999999999999999999\nstats _1\nstats 0x1\n")]
    [TestCase("stats (\nstats [a- 2\nstats nothing\nstats it's\nstats 日\n")]
    [TestCase("callers 2\ncallees 2\nsort name\ncallers\ncallees\n")]
    [TestCase("sort calls\nstats 3\nsort cumu\nstats 3\nsort time name line\nstats 3\nreverse\nstats 3\n")]
    [TestCase("sort\nsort nothing\nsort c\nsort cu\nsort calls nothing\nsort -1\nstats 1\n")]
    [TestCase("strip\nstats\nread\nstats\nsort tottime\nread\nstats 1\n")]
    [TestCase("add b.prof\nstats 3\nadd with blank.prof\nstats 3\ncallees 2\nread\nstats 2\n")]
    [TestCase("read b.prof\nstats 1\nread with blank.prof\nstats 1\nread\nstats 1\n")]
    [TestCase("read missing.prof\nstats 1\nread .\nread a.prof/x\nadd missing.prof\nadd .\nadd a.prof/x\nadd\nstats 1\nread\n")]
    [TestCase("reverse\nstats 1\nsort pcalls stdname\nreverse\n\nstats 2\nstats 1\n\n\n")]
    public void With_a_profile_the_answers_are_those_of_CPython(string lines) => Compare(lines, "a.prof");

    [TestCase("a.prof", "b.prof")]
    [TestCase("a.prof", "b.prof", "with blank.prof")]
    [TestCase("a.prof", "missing.prof", "b.prof")]
    [TestCase("missing.prof")]
    [TestCase("missing.prof", "a.prof")]
    [TestCase(".")]
    [TestCase("")]
    public void Files_are_read_at_the_start_as_CPython_does(params string[] files) => Compare("stats 3\nread\nstats 1\n", files);

    [Test]
    public void Every_key_sorts_every_printer_as_CPython_does() => Compare(
        string.Concat(SortOrder.PstatsNames.Select(name => $"sort {name.Key}\nstats 5\ncallers 3\ncallees 3\n")),
        "b.prof");

    static void Compare(string lines, params string[] files) => Assert.That(
        Browsers.Ours(lines, files),
        Is.EqualTo(Browsers.Python(Environment.CurrentDirectory, lines, files)));
}
