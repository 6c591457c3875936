namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof cache</c>: what is kept is shown, and removed unless it is in use.</summary>
public sealed class CacheVerbTests : IDisposable
{
    readonly ProfTool tool = new(hasOwnCache: true);

    public void Dispose() => tool.Dispose();

    [TestCase("cache")]
    [TestCase("cache", "list")]
    public void Copies_are_listed_the_last_used_one_first(params string[] verb)
    {
        Sell();
        Sell("--no-builtins");
        var lastUsed = DateTime.Now.AddDays(-3);
        Use(Newest(), lastUsed.ToUniversalTime());

        var lines = tool.Run(verb).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var folder = Path.GetDirectoryName(ToolApps.Assembly("Shop"))!;
        Assert.That(lines[0], Does.Match("^program +folder +size +last used$"));
        Assert.That(lines[1..3], Is.All.Match($@"^Shop\.dll +{System.Text.RegularExpressions.Regex.Escape(folder)} +[\d.]+ [KM]iB +\d{{4}}-\d\d-\d\d \d\d:\d\d$"));
        Assert.That(lines[2], Does.EndWith(lastUsed.ToString("yyyy-MM-dd HH:mm", null)));
        Assert.That(lines[3], Does.StartWith("2 copies, ").And.EndWith("in " + Path.Combine(tool.Cache, "copies")));
    }

    [Test]
    public void A_clean_cache_is_empty_and_what_is_needed_is_made_again()
    {
        Sell();

        var cleaned = tool.Run("cache", "clean");

        Assert.That(cleaned.Output, Does.Match(@"^removed 1 copy, [\d.]+ [KM]iB\n$"));
        Assert.That(Directory.GetFiles(tool.Cache, "*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Sell().ProgramOutput, Is.EqualTo("3\n"));
    }

    [Test]
    public void Copies_in_use_are_not_removed()
    {
        Sell("--no-builtins");
        using var running = tool.Begin(ToolApps.Assembly("Shop"), "wait");
        running.WaitFor("waiting");

        var during = tool.Run("cache", "clean").Output;
        var kept = Copies();
        running.Signal("TERM");
        running.End();
        var after = tool.Run("cache", "clean").Output;

        Assert.That(during, Does.Match(@"^removed 1 copy, [\d.]+ [KM]iB; 1 copy in use\n$"));
        Assert.That(kept, Has.Length.EqualTo(1));
        Assert.That(after, Does.StartWith("removed 1 copy, "));
        Assert.That(Copies(), Is.Empty);
    }

    [Test]
    public void A_cache_is_cut_to_a_size_by_what_was_not_used_for_the_longest_time()
    {
        Sell();
        var old = Newest();
        Use(old, DateTime.UtcNow.AddDays(-2));
        Sell("--no-builtins");
        var size = new DirectoryInfo(Newest()).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

        var all = tool.Run("cache", "clean", "--max-size", "1GiB").Output;
        var one = tool.Run("cache", "clean", "--max-size", $"{size / 1024 + 10}KiB").Output;

        Assert.That(all, Is.EqualTo("removed 0 copies, 0 B\n"));
        Assert.That(one, Does.StartWith("removed 1 copy, "));
        Assert.That(Copies(), Has.Length.EqualTo(1).And.Not.Contains(old));
    }

    [Test]
    public void Copies_that_were_not_used_in_a_month_go_when_another_one_is_made()
    {
        Sell();
        var old = Newest();
        Use(old, DateTime.UtcNow.AddDays(-31));

        Sell("--no-builtins");

        Assert.That(Copies(), Has.Length.EqualTo(1).And.Not.Contains(old));
    }

    [Test]
    public void A_copy_that_is_run_is_a_copy_that_was_used()
    {
        Sell();
        Use(Newest(), DateTime.UtcNow.AddDays(-29));

        Sell();
        Sell("--no-builtins");

        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(Newest(), "manifest")), Is.GreaterThan(DateTime.UtcNow.AddDays(-1)));
        Assert.That(Copies(), Has.Length.EqualTo(2));
    }

    [Test]
    public void What_killed_tools_have_left_is_removed()
    {
        Sell();
        var left = Directory.CreateDirectory(Path.Combine(tool.Cache, "copies", $"Shop-0123456789abcdef.{Guid.NewGuid():N}", "app"));
        File.WriteAllText(Path.Combine(left.Parent!.FullName, "manifest"), "");

        Sell("--no-builtins");

        Assert.That(Directory.Exists(left.FullName), Is.False);
        Assert.That(Copies(), Has.Length.EqualTo(2));
    }

    [TestCase("did you mean dotnet prof cache list?", "cache", "lst")]
    [TestCase("did you mean dotnet prof cache clean?", "cache", "clear")]
    [TestCase("Did you mean dotnet prof cache?", "cach")]
    [TestCase("option --max-size: expected a size such as 2GiB (units: KiB, MiB, GiB), not '2GB'. See dotnet prof cache clean --help.",
        "cache", "clean", "--max-size", "2GB")]
    public void What_was_mistyped_is_told(string message, params string[] arguments)
    {
        var result = tool.Run(arguments);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.Contain(message));
    }

    [Test]
    public void Help_has_examples() =>
        Assert.That(tool.Run("cache", "clean", "--help").Output, Does.Contain("--max-size").And.Contain("Examples:"));

    ToolResult Sell(params string[] options) => tool.Run([.. options, ToolApps.Assembly("Shop"), "sell", "tea"]);

    string[] Copies() => Directory.GetDirectories(Path.Combine(tool.Cache, "copies"));

    string Newest() => Copies().MaxBy(copy => File.GetLastWriteTimeUtc(Path.Combine(copy, "manifest")))!;

    static void Use(string copy, DateTime time) => File.SetLastWriteTimeUtc(Path.Combine(copy, "manifest"), time);
}
