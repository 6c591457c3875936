namespace ProfilerWeaver.Tests.Browsing;

/// <summary>The tests that CPython has of its browser (<c>test_pstats.CommandLineTests</c>), with the same expected
/// values.</summary>
sealed class CommandLineTests : IDisposable
{
    const string Welcome = "Welcome to the profile statistics browser.\n";
    const string NoStatistics = "No statistics object is loaded.\n";

    readonly TemporaryFolder folder = new();
    readonly string first;
    readonly string second;

    public CommandLineTests()
    {
        first = Dump("first.prof");
        second = Dump("second.prof");

        string Dump(string name)
        {
            var tree = new TreeBuilder();
            var (main, work) = (tree.Method(new MethodLabel("/src/app.py", 1, "main")), tree.Method(new MethodLabel("/src/app.py", 5, "work")));
            tree.Call(main, () =>
            {
                tree.Call(work, () => tree.Now += 250);
                tree.Call(work, () => tree.Now += 750);
            });
            ProfFile.Write(tree.Build(0.001), folder.File(name));
            return folder.File(name);
        }
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void Start_and_quit() => Assert.That(Run("quit\n"), Is.EqualTo(Welcome + "% Goodbye.\n"));

    [Test]
    public void End_of_input() => Assert.That(Run(""), Is.EqualTo(Welcome + "% \nGoodbye.\n"));

    [Test]
    public void Profile_argument()
    {
        var text = Run("stats\n", first);

        Assert.That(text, Does.StartWith($"{Welcome}{first}% "));
        Assert.That(text, Does.Contain($"    {first}\n\n         3 function calls in 1.000 seconds\n"));
    }

    [Test]
    public void Multiple_profile_arguments()
    {
        var text = Run("stats\n", first, second);

        Assert.That(text, Does.Contain($"    {first}\n").And.Contain($"    {second}\n\n         6 function calls in 2.000 seconds\n"));
        Assert.That(text, Does.StartWith($"{Welcome}{first}% "));
    }

    [Test]
    public void Missing_profile_argument() =>
        Assert.That(Run("quit\n", "missing.prof"), Is.EqualTo($"No such file or directory\n{Welcome}% Goodbye.\n"));

    [TestCase("add")]
    [TestCase("callees")]
    [TestCase("callers")]
    [TestCase("reverse")]
    [TestCase("sort")]
    [TestCase("stats")]
    [TestCase("strip")]
    public void Commands_without_statistics(string command) =>
        Assert.That(Run(command + "\n"), Is.EqualTo($"{Welcome}% {NoStatistics}% \nGoodbye.\n"));

    [Test]
    public void Reading_again_without_statistics() => Assert.That(Run("read\n"),
        Is.EqualTo($"{Welcome}% No statistics object is current -- cannot reload.\n% \nGoodbye.\n"));

    [Test]
    public void Read() => Assert.That(Run($"read {first}\nquit\n"), Is.EqualTo($"{Welcome}% {first}% Goodbye.\n"));

    [Test]
    public void Errors_of_read()
    {
        File.WriteAllText(folder.File("empty.prof"), "");

        Assert.That(Run("read missing.prof\n"), Does.Contain("% No such file or directory\n% "));
        // CPython says "EOFError: EOF read where object expected".
        Assert.That(Run($"read {folder.File("empty.prof")}\n"),
            Does.Contain("% InvalidProfileException: ").And.Contain("the file is empty (at byte 0)"));
    }

    [Test]
    public void Damage_behind_the_table_is_told()
    {
        File.WriteAllBytes(folder.File("cut.prof"), File.ReadAllBytes(first)[..^1]);

        Assert.That(Run($"read {folder.File("cut.prof")}\nstats\n"),
            Does.Contain("the recorded call tree is cut off").And.Contain("3 function calls"));
    }

    [Test]
    public void Add() => Assert.That(Run($"add {second}\nstats\n", first), Does.Contain("6 function calls in 2.000 seconds\n"));

    [Test]
    public void Errors_of_add()
    {
        Assert.That(Run("add missing.prof\nquit\n", first), Is.EqualTo(
            $"{Welcome}{first}% Failed to load statistics for missing.prof: [Errno 2] No such file or directory: 'missing.prof'\n"
            + $"{first}% Goodbye.\n"));
        // Here CPython's browser ends with a traceback.
        File.WriteAllText(folder.File("text.prof"), "no profile");
        Assert.That(Run($"add {folder.File("text.prof")}\nstats\nquit\n", first),
            Does.Contain("Failed to load statistics for ").And.Contain("(at byte 0)").And.Contain("3 function calls").And.EndWith("Goodbye.\n"));
    }

    [TestCase("1", "<1>")]
    [TestCase("0.5", "<0.5>")]
    [TestCase("work", "<'work'>")]
    public void Restrictions_of_stats(string restriction, string shown) => Assert.That(Run($"stats {restriction}\n", first),
        Does.Contain($"   List reduced from 2 to 1 due to restriction {shown}\n"));

    [Test]
    public void Invalid_fraction()
    {
        var text = Run("stats 1.5\n", first);

        Assert.That(text, Does.Contain("% Fraction argument must be in [0, 1]\n"));
        Assert.That(text, Does.Contain("(main)").And.Contain("(work)").And.Not.Contain("List reduced"));
    }

    [TestCase("calls", "call count")]
    [TestCase("cumu", "cumulative time")]
    public void Sort(string key, string description) =>
        Assert.That(Run($"sort {key}\nstats\n", first), Does.Contain($"   Ordered by: {description}\n"));

    [TestCase("sort")]
    [TestCase("sort nothing")]
    public void Sort_without_valid_keys(string command) => Assert.That(Run(command + "\n", first),
        Does.Contain("% Valid sort keys (unique prefixes are accepted):\ncalls -- call count\nncalls -- call count\n"));

    [Test]
    public void Reverse() => Assert.That(Rows(Run("sort calls\nreverse\nstats\n", first)), Is.EqualTo(["main", "work"]));

    [Test]
    public void Strip()
    {
        var text = Run("strip\nstats\n", first);

        Assert.That(text, Does.Contain(" app.py:1(main)").And.Not.Contain("/src/app.py"));
    }

    [Test]
    public void Read_reloads_the_current_file() =>
        Assert.That(Run("strip\nread\nstats\n", first), Does.Contain(" /src/app.py:1(main)"));

    [Test]
    public void Callers_and_callees()
    {
        Assert.That(Run("callers work\n", first), Does.Contain("(work)  <-       2    1.000    1.000  /src/app.py:1(main)\n"));
        Assert.That(Run("callees main\n", first), Does.Contain("(main)  ->       2    1.000    1.000  /src/app.py:5(work)\n"));
    }

    [Test]
    public void Help() => Assert.That(Run("help\n"), Does.Contain("""

        Documented commands (type help <topic>):
        ========================================
        EOF  add  callees  callers  help  quit  read  reverse  sort  stats  strip


        """));

    static string Run(string lines, params string[] files) => Browsers.Ours(lines, files);

    static IEnumerable<string> Rows(string text) => text.Split('\n')
        .Where(line => line.EndsWith(')') && line.Contains("app.py", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf('(') + 1)..^1]);
}
