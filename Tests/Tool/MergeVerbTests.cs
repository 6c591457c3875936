namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof merge</c>.</summary>
public sealed class MergeVerbTests : IDisposable
{
    readonly ProfTool tool = new();

    public MergeVerbTests()
    {
        Directory.CreateDirectory(tool["runs/b"]);
        foreach (var (name, seed) in new[] { ("a1", 1), ("a2", 2), ("b/b1", 3) })
            ProfFile.Write(RandomProfiles.Recording(seed), tool[$"runs/{name}.prof"]);
    }

    public void Dispose() => tool.Dispose();

    [Test]
    public void Files_and_patterns_become_one_profile()
    {
        var named = tool.Run("merge", "-o", "named.prof", "runs/a2.prof", "runs/a1.prof", "runs/b/b1.prof");
        var matched = tool.Run("merge", "-o", "runs/all.prof", "runs/**/*.prof", "--memory", "1KiB");
        var again = tool.Run("merge", "-o", "runs/all.prof", "runs/**/*.prof");

        Assert.That(named, Is.EqualTo(new ToolResult(0, "", "dotnet-prof: named.prof has 3 of 3 profiles.\n")));
        Assert.That(matched, Is.EqualTo(new ToolResult(0, "", "dotnet-prof: runs/all.prof has 3 of 3 profiles.\n")));
        Assert.That(again, Is.EqualTo(matched), "what is written is not read");
        Assert.That(File.ReadAllBytes(tool["runs/all.prof"]), Is.EqualTo(File.ReadAllBytes(tool["named.prof"])));
    }

    [Test]
    [Platform("Unix")]
    public void Where_what_does_not_fit_in_memory_has_no_place_another_one_is_asked_for()
    {
        tool.Environment["TMPDIR"] = tool["nowhere"];

        var result = tool.Run("merge", "-o", "all.prof", "runs/*.prof", "--memory", "1KiB");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Errors, Does.Match(@"^dotnet-prof: error: What does not fit in memory cannot be kept in .*/nowhere/: .*\. Set TMPDIR " +
            @"\(Windows: TMP\) to a folder with more room, or raise the memory limit\.\n$"));
        Assert.That(tool["all.prof"], Does.Not.Exist);
    }

    [Test]
    public void What_is_named_as_another_format_is_not_written()
    {
        var refused = tool.Run("merge", "-o", "all.html", "runs/a1.prof");

        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Errors, Does.Contain("what is written is a .prof file, and 'all.html' is the name of a file for html."));
        Assert.That(tool["all.html"], Does.Not.Exist);
    }

    [Test]
    public void Files_that_are_no_profiles_are_left_out_or_end_it()
    {
        File.WriteAllText(tool["runs/damaged.prof"], "{");

        var lenient = tool.Run("merge", "-o", "all.prof", "runs/*.prof");
        File.Delete(tool["all.prof"]);
        var strict = tool.Run("merge", "-o", "all.prof", "runs/*.prof", "--strict");

        Assert.That((lenient.ExitCode, lenient.Output), Is.EqualTo((0, "")));
        Assert.That(lenient.Errors, Does.Match(@"^dotnet-prof: warning: left out: .*runs/damaged\.prof.*\ndotnet-prof: all\.prof has 2 of 3 profiles\.\n$"));
        Assert.That(strict.ExitCode, Is.EqualTo(1));
        Assert.That(strict.Errors, Does.Contain("runs/damaged.prof"));
        Assert.That(tool["all.prof"], Does.Not.Exist);
    }

    [Test]
    [Platform("Unix")]
    public void A_file_counts_once_whatever_leads_to_it_and_links_that_lead_nowhere_are_left_out()
    {
        Directory.CreateSymbolicLink(tool["runs/self"], ".");
        File.CreateSymbolicLink(tool["runs/dangling.prof"], "nowhere");

        var matched = tool.Run("merge", "-o", "all.prof", "runs/**/*.prof");
        var named = tool.Run("merge", "-o", "all.prof", "runs/a1.prof", "./runs/a1.prof", "runs/self/a1.prof");

        Assert.That(matched.Errors, Does.Match(@"left out: runs/dangling\.prof is a link to a file that does not exist.*\n.*has 3 of 4 profiles"));
        Assert.That(named.Errors, Does.Contain("has 1 of 1 profiles"));
    }

    [Test]
    public void It_takes_no_more_than_half_of_the_memory_that_there_is()
    {
        for (var seed = 0; seed < 500; seed++)
            ProfFile.Write(RandomProfiles.Recording(seed), tool[$"runs/b/{seed}.prof"]);
        tool.Run("merge", "-o", "all.prof", "runs/**/*.prof");
        // 24 MiB, as hexadecimal digits.
        tool.Environment["DOTNET_GCHeapHardLimit"] = "1800000";

        var result = tool.Run("merge", "-o", "small.prof", "runs/**/*.prof");

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "dotnet-prof: small.prof has 503 of 503 profiles.\n")));
        Assert.That(File.ReadAllBytes(tool["small.prof"]), Is.EqualTo(File.ReadAllBytes(tool["all.prof"])));
    }

    [Test]
    [Platform("Unix")]
    public void Links_in_a_circle_are_left_out_or_end_it()
    {
        File.CreateSymbolicLink(tool["runs/circle.prof"], "circle.prof");

        var lenient = tool.Run("merge", "-o", "all.prof", "runs/*.prof");
        var strict = tool.Run("merge", "-o", "all.prof", "runs/*.prof", "--strict");

        Assert.That(lenient.Errors, Does.Match(@"^.*warning: left out: runs/circle\.prof cannot be read: .*\n.*has 2 of 3 profiles\.\n$"));
        Assert.That(strict.Errors, Does.Match(@"^dotnet-prof: error: runs/circle\.prof cannot be read: .*\n$"));
        Assert.That((lenient.ExitCode, strict.ExitCode), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Profiles_of_another_clock_are_left_out_or_end_it()
    {
        ProfFile.Write(RandomProfiles.Recording(1) with { Clock = "" }, tool["runs/a1.prof"]);
        ProfFile.Write(RandomProfiles.Recording(1) with { Clock = "wall (stopwatch)" }, tool["runs/b/wall.prof"]);
        ProfFile.Write(RandomProfiles.Recording(2) with { Clock = "thread CPU" }, tool["runs/a2.prof"]);
        string[] inputs = ["runs/b/wall.prof", "runs/a1.prof", "runs/a2.prof"];
        const string Reason = "runs/b/wall.prof cannot be merged with runs/a2.prof: it records wall time, not CPU time; only profiles of the same " +
            "kind can be merged.\n";

        var strict = tool.Run(["merge", "-o", "all.prof", "--strict", .. inputs]);
        var isWritten = File.Exists(tool["all.prof"]);
        var lenient = tool.Run(["merge", "-o", "all.prof", .. inputs]);
        var stats = tool.Run(["stats", .. inputs]);

        Assert.That((strict, isWritten), Is.EqualTo((new ToolResult(1, "", "dotnet-prof: error: " + Reason), false)));
        Assert.That(lenient, Is.EqualTo(new ToolResult(0, "", $"dotnet-prof: warning: left out: {Reason}dotnet-prof: all.prof has 2 of 3 profiles.\n")));
        Assert.That((stats.ExitCode, stats.Errors), Is.EqualTo((0, "dotnet-prof: warning: runs/a2.prof records CPU time, but runs/b/wall.prof records " +
            "wall time: the sums of their times mean nothing.\n")));
    }

    [Test]
    public void Profiles_of_another_unit_are_not_summed()
    {
        ProfFile.Write(RandomProfiles.Recording(1) with { Clock = "wall (stopwatch)" }, tool["runs/a1.prof"]);
        ProfFile.Write(RandomProfiles.Recording(2) with { Clock = "allocations", Unit = ClockUnit.Bytes }, tool["bytes.prof"]);

        var result = tool.Run("stats", "runs/a1.prof", "bytes.prof");

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((1, "dotnet-prof: error: bytes.prof records allocated bytes, but runs/a1.prof records " +
            "wall time: they cannot be added. Specify profiles of the same kind.\n")));
    }

    [Test]
    public void A_label_selects_what_was_merged_with_it()
    {
        tool.Run("merge", "-o", "one.prof", "runs/a1.prof", "--label", "version=1");
        tool.Run("merge", "-o", "all.prof", "one.prof", "runs/a2.prof");

        var all = tool.Run("stats", "all.prof", "--format", "csv", "--scope", "version=1");

        Assert.That(all.Errors, Is.Empty);
        Assert.That(all.Output, Does.Contain("merged version=1"));
    }

    [Test]
    public void Tables_of_merged_profiles_say_in_how_many_of_them_a_method_is()
    {
        tool.Run("merge", "-o", "all.prof", "runs/**/*.prof");

        Assert.That(tool.Run("stats", "all.prof", "--format", "csv").Output.Split("\r\n")[0], Does.Contain(",profiles,fewest,most,"));
        Assert.That(tool.Run("stats", "all.prof", "--format", "markdown").Output.Split('\n')[0], Does.Contain("| profiles | fewest | most |"));
        Assert.That(tool.Run("stats", "runs/a1.prof", "--format", "csv").Output, Does.Not.Contain("profiles"));
        Assert.That(tool.Run("stats", "all.prof", "--callers", "--format", "csv").Output, Does.Not.Contain("profiles"));
        Assert.That(tool.Run("stats", "all.prof", "-n", "1", "--columns", "ncalls,profiles,fewest,most").Output,
            Does.Match(@"^\s*ncalls\s+profiles\s+fewest\s+most\s+\S.*\n\s*\S+\s+[123]\s+\d+\s+\d+\s"));
        using var tree = System.Text.Json.JsonDocument.Parse(tool.Run("stats", "all.prof", "--tree", "--format", "json").Output, new() { MaxDepth = 1000 });
        Assert.That(tree.RootElement.GetProperty("tree").EnumerateArray().Select(context => context.GetProperty("profiles").GetInt64()),
            Has.All.InRange(1, 3));
        tool.Run("export", "all.prof", "--to", "jsonl", "-o", "all.jsonl");
        Assert.That(File.ReadLines(tool["all.jsonl"]).First(), Does.Match(@"""profiles"":[123],"));
    }

    [TestCase("merge -o all.prof nothing*.prof", "nothing*.prof matches no file.")]
    [TestCase("merge -o runs/a1.prof runs/a1.prof", "runs/a1.prof is both an input and the output, and would be overwritten. Choose another file for -o.")]
    [TestCase("merge -o all.prof runs/a1.prof --label version", "option --label: expected KEY=VALUE, for example version=1.4, not 'version'.")]
    [TestCase("merge -o all.prof runs/a1.prof --memory much", "option --memory: expected a size such as 512MiB (units: KiB, MiB, GiB), not 'much'.")]
    [TestCase("merge -o all.prof missing.prof --strict", "missing.prof does not exist.")]
    public void Mistakes_are_named(string arguments, string message)
    {
        var result = tool.Run(arguments.Split(' '));

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors, Does.Contain(message));
    }
}
