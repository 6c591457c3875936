using System.Runtime.Versioning;
using System.Text.Json;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tool;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The verbs besides <c>run</c>: weaving into a folder, tables of saved profiles, the browser.</summary>
public sealed class VerbTests : IDisposable
{
    readonly ProfTool tool = new();

    public VerbTests() => tool.Run("-o", "shop.prof", ToolApps.Assembly("Shop"), "sell", "tea", "coffee");

    public void Dispose() => tool.Dispose();

    [Test]
    public void An_application_is_woven_into_a_folder_and_checked()
    {
        var result = tool.Run("weave", Path.GetDirectoryName(ToolApps.Assembly("Shop"))!, "-o", "woven", "--check");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.Output.Split('\n')[0], Does.Match("^assembly +woven +skipped +bodies read +ms +notes$"));
        Assert.That(result.Output, Does.Match(@"(?m)^Shop\.dll +\d+ +\d+ +\d+ +\d+").And.Match(@"(?m)^Stock\.dll +1 +0 +3 +\d+$"));
        using var run = new RunningTool(System.Diagnostics.Process.Start(
            tool.Start("dotnet", [tool["woven/Shop.dll"], "sell", "tea"]))!, TimeSpan.FromMinutes(1));
        Assert.That(run.End().Output, Is.EqualTo("3\n"));
        Assert.That(new Stats(tool["Shop.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
        Assert.That(new AssemblyFile(tool["woven/ProfilerWeaver.dll"]).IsReadyToRun, Is.False, "it may run elsewhere");
    }

    [Test]
    public void Assemblies_are_woven_and_what_cannot_be_is_told()
    {
        File.WriteAllText(tool["text.dll"], "text");

        var result = tool.Run("weave", ToolApps.Assembly("Shop"), "text.dll", "-o", "some");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Match(@"(?m)^Shop\.dll +\d+").And.Match(@"(?m)^text\.dll +.*text\.dll is not a \.NET assembly"));
        Assert.That(Directory.GetFiles(tool["some"]).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "ProfilerWeaver.dll", "Shop.dll", "Shop.pdb" }));
    }

    [Test]
    public void The_help_of_the_tool_names_every_verb_and_that_of_a_verb_shows_its_examples()
    {
        var help = tool.Run("--help").Output;

        foreach (var verb in (Verb[])[new RunVerb(), .. VerbList.All])
        {
            Assert.That(help, Does.Match($"(?m)^  {verb.Name} "));
            Assert.That(tool.Run(verb.Name, "--help").Output,
                Does.EndWith($"Examples:\n{string.Concat(verb.Examples.Select(example => $"  {example}\n"))}\n"));
        }
    }

    [Test]
    public void The_help_of_a_verb_names_a_default_once()
    {
        foreach (var verb in VerbList.All)
            Assert.That(tool.Run(verb.Name, "--help").Output, Does.Not.Match(@"(?mi)\bdefault\b.*\[default:"), verb.Name);
    }

    [Test]
    public void A_run_writes_a_report_for_the_browser_as_report_does_of_a_saved_profile()
    {
        var run = tool.Run("-o", "run.html", ToolApps.Assembly("Shop"), "sell", "tea");
        var saved = tool.Run("report", "shop.prof");

        Assert.That(run.ExitCode + saved.ExitCode, Is.Zero, run.Errors + saved.Errors);
        Assert.That(run.Errors, Does.Contain("run.html; any browser opens it."));
        Assert.That(saved.Errors, Is.EqualTo("dotnet-prof: the report is shop.html\n"));
        foreach (var page in new[] { "run.html", "shop.html" })
            Assert.That(File.ReadAllText(tool[page]), Does.Contain("<title>Shop</title>").And.Contain("default-src 'none'"));
        Assert.That(Directory.GetFiles(tool.Folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "run.html", "shop.html", "shop.prof" }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void A_report_is_opened_if_it_is_asked_for()
    {
        File.WriteAllText(tool["xdg-open"], $"#!/bin/sh\necho \"$1\" > '{tool["opened"]}.tmp' && mv '{tool["opened"]}.tmp' '{tool["opened"]}'\n");
        File.SetUnixFileMode(tool["xdg-open"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        tool.Environment["PATH"] = tool.Folder + ":" + Environment.GetEnvironmentVariable("PATH");

        var result = tool.Run("report", "shop.prof", "--open");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        // The browser is not waited for.
        Assert.That(() => File.Exists(tool["opened"]), Is.True.After(30_000, 50));
        Assert.That(File.ReadAllText(tool["opened"]).TrimEnd(), Is.EqualTo(tool["shop.html"]));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void Where_no_browser_can_be_opened_one_line_says_so()
    {
        // As on a server.
        File.WriteAllText(tool["xdg-open"], "#!/bin/sh\necho 'xdg-open: no method available' >&2\nexit 3\n");
        File.SetUnixFileMode(tool["xdg-open"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        tool.Environment["PATH"] = tool.Folder + ":" + Environment.GetEnvironmentVariable("PATH");

        var result = tool.Run("report", "shop.prof", "--open");

        Assert.That(result, Is.EqualTo(new ToolResult(0, "", "dotnet-prof: the report is shop.html\n" +
            "dotnet-prof: warning: no browser could be started (xdg-open ended with exit code 3). Open shop.html yourself.\n")));
    }

    [TestCase("option --max-nodes: expected a number of at least 1, not 0.", "report", "shop.prof", "--max-nodes", "0")]
    [TestCase("nothing.prof does not exist", "report", "nothing.prof")]
    [TestCase("no/such/folder.html' could not be written", "report", "shop.prof", "-o", "no/such/folder.html")]
    public void A_report_that_cannot_be_made_is_refused(string reason, params string[] arguments)
    {
        var result = tool.Run(arguments);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors, Does.Contain(reason));
    }

    [Test]
    public void Other_programs_are_given_every_column_in_the_same_order()
    {
        var columns = FigureColumn.All.Where(column => !column.IsDerived).ToList();
        // The shop waits for nothing.
        string[] ofTables = [.. columns.Where(column => column is { IsInTables: true, IsOfAsync: false, IsOfMerged: false }).Select(column => column.Name), "file", "line", "name"];
        string[] ofPeople = [.. ofTables.Except(columns.Where(column => column.Flag is not null).Select(column => column.Name))];

        using var json = JsonDocument.Parse(tool.Run("stats", "shop.prof", "--format", "json").Output);
        Assert.That(json.RootElement.GetProperty("methods")[0].EnumerateObject().Select(property => property.Name),
            Is.EqualTo((string[])["name", "file", "line", "kind", "type", "assembly", .. columns.Select(column => column.Name), "callers"]));
        Assert.That(Heading("csv"), Is.EqualTo(string.Join(',', ofTables) + "\r"));
        Assert.That(Heading("markdown"), Is.EqualTo($"| {string.Join(" | ", ofPeople)} |"));

        string Heading(string format) => tool.Run("stats", "shop.prof", "--format", format).Output.Split('\n')[0];
    }

    [Test]
    public void The_original_is_not_overwritten() => Assert.That(
        tool.Run("weave", "text.dll", "-o", ".").Errors, Does.Contain("would be overwritten. Specify another folder with -o."));

    [Test]
    public void Piped_tables_are_those_of_pstats()
    {
        const string Script = "import pstats, sys; s = pstats.Stats(sys.argv[1], sys.argv[1]).strip_dirs()" +
            ".sort_stats('tottime', 'name'); s.print_stats(.5, 'Shop'); s.print_callers(3); s.print_callees()";
        var file = tool["shop.prof"];
        string[] common = ["stats", file, file, "--strip-dirs", "-s", "tottime,name"];

        var ours = tool.Run([.. common, "-r", "0.5", "-r", "Shop"]).Output
            + tool.Run([.. common, "--callers", "-n", "3"]).Output
            + tool.Run([.. common, "--callees"]).Output;

        Assert.That(ours, Is.EqualTo(CPython.Latest.Run(Script, file)));
    }

    [Test]
    public void Json_has_methods_and_callers()
    {
        var json = JsonDocument.Parse(tool.Run("stats", "shop.prof", "--format", "json").Output).RootElement;

        var price = json.GetProperty("methods").EnumerateArray()
            .Single(method => method.GetProperty("name").GetString() == "Stock.Shelf.Price");
        Assert.That(price.GetProperty("ncalls").GetInt64(), Is.EqualTo(2));
        Assert.That(price.GetProperty("line").GetInt32(), Is.EqualTo(5));
        Assert.That(price.GetProperty("kind").GetString(), Is.EqualTo("method"));
        Assert.That(price.GetProperty("type").GetString(), Is.EqualTo("Stock.Shelf"));
        Assert.That(price.GetProperty("assembly").GetString(), Is.Not.Empty);
        Assert.That(price.GetProperty("callers")[0].GetProperty("ncalls").GetInt64(), Is.EqualTo(2));
        Assert.That(json.GetProperty("unit").GetString(), Is.EqualTo("seconds"));
    }

    [Test]
    public void Json_has_the_call_tree()
    {
        var json = JsonDocument.Parse(tool.Run("stats", "shop.prof", "--tree", "--format", "json").Output).RootElement;

        var main = json.GetProperty("tree")[0];
        Assert.That(main.GetProperty("name").GetString(), Is.EqualTo("Shop.Program.Main"));
        Assert.That(main.GetProperty("callees").EnumerateArray().Select(callee => callee.GetProperty("name").GetString()),
            Does.Contain("Shop.Program.Total"));
    }

    [Test]
    public void Csv_and_Markdown_are_tables()
    {
        var csv = tool.Run("stats", "shop.prof", "--strip-dirs", "-r", "Price", "--format", "csv").Output.Split("\r\n");
        var markdown = tool.Run("stats", "shop.prof", "--strip-dirs", "--callers", "-r", "Price", "--format", "markdown").Output;

        Assert.That(csv[0], Is.EqualTo("ncalls,pcalls,tottime,cumtime,dominated,file,line,name"));
        Assert.That(csv[1], Does.Match(@"^2,2,[\d.E-]+,[\d.E-]+,(true|false),Shelf\.cs,5,Stock\.Shelf\.Price$"));
        Assert.That(markdown, Does.Match(@"^\| ncalls .*\n\| ---: .*\n\| 2 \| 2 \| (\\~)?0\.\d{3} \| 0\.\d{3} \| Shelf\.cs \| 5 \| Stock\.Shelf\.Price \| "));
    }

    [Test]
    public void The_tree_is_printed()
    {
        var tree = tool.Run("stats", "shop.prof", "--strip-dirs", "--tree", "--min-percent", "0").Output;

        Assert.That(tree, Does.Match(@"\n +1 .* Program\.cs:12\(Shop\.Program\.Main\)\n").And.Match(@"  Shelf\.cs:5\(Stock\.Shelf\.Price\)\n"));
    }

    [TestCase(2, "no such option: --frmat (did you mean --format?)", "--frmat", "json", "shop.prof")]
    [TestCase(2, "option -s: invalid choice: 'c'", "-s", "c", "shop.prof")]
    [TestCase(2, "option --edges: invalid number: 'x' (expected a whole number, 1 or more)", "--callers", "--edges", "x", "shop.prof")]
    [TestCase(2, "option --min-percent: invalid number: 'x' (expected a number from 0 to 100)", "--tree", "--min-percent", "x", "shop.prof")]
    [TestCase(2, "option --format: invalid choice: 'xml' (choose from ", "--format", "xml", "shop.prof")]
    [TestCase(2, "option --unit: invalid choice: 'foo' (choose from ", "--unit", "foo", "shop.prof")]
    [TestCase(1, "no.prof does not exist.", "no.prof")]
    [TestCase(1, "'text.txt' cannot be read as a profile:", "text.txt")]
    [TestCase(1, ". is a folder.", ".")]
    [TestCase(2, "--tree cannot be printed as csv", "--tree", "--format", "csv", "shop.prof")]
    [TestCase(2, "--callers and --callees are different reports", "--callers", "--callees", "shop.prof")]
    [TestCase(2, "--sort has no effect on --tree: it applies to tables.", "--tree", "-s", "calls", "shop.prof")]
    [TestCase(2, "--depth has no effect on the table: it applies to --tree as text.", "--depth", "1", "shop.prof")]
    [TestCase(2, "--depth has no effect on --tree: it applies to --tree as text.", "--tree", "--depth", "1", "--format", "json", "shop.prof")]
    [TestCase(2, "--edges has no effect on the table: it applies to --callers and --callees.", "--edges", "1", "shop.prof")]
    public void Errors_of_stats(int exitCode, string reason, params string[] arguments)
    {
        File.WriteAllText(tool["text.txt"], "text");

        var result = tool.Run(["stats", .. arguments]);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: " + reason));
    }

    [Test]
    public void A_file_that_is_damaged_behind_its_table_is_printed_with_a_warning()
    {
        File.WriteAllBytes(tool["cut.prof"], File.ReadAllBytes(tool["shop.prof"])[..^1]);

        var result = tool.Run("stats", "cut.prof");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("Shelf.Price"));
        Assert.That(result.Errors, Does.StartWith("dotnet-prof: warning: ").And.Contain("cut.prof").And.Contain("call tree is cut off"));
    }

    [Test]
    public void What_a_killed_process_has_left_becomes_a_profile()
    {
        tool.Run("weave", Path.GetDirectoryName(ToolApps.Assembly("Shop"))!, "-o", "killed");
        using (var run = new RunningTool(System.Diagnostics.Process.Start(
            tool.Start("dotnet", [tool["killed/Shop.dll"], "fail"]))!, TimeSpan.FromMinutes(1)))
            run.End();

        var live = Directory.GetFiles(tool.Folder, "*.live").Select(Path.GetFileName).Single()!;
        var result = tool.Run("recover", live, "-o", "killed.prof");

        Assert.That(result, Is.EqualTo(new ToolResult(0, "killed.prof\n", "")));
        Assert.That(new Stats(tool["killed.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
        Assert.That(tool.Run("recover", live).Errors, Does.Contain($"{live} does not exist"));
    }

    [Test]
    public void W9_The_table_of_a_profile_that_nobody_could_write_is_that_of_the_live_file()
    {
        tool.Run("weave", Path.GetDirectoryName(ToolApps.Assembly("Shop"))!, "-o", "killed");
        using (var run = new RunningTool(System.Diagnostics.Process.Start(
            tool.Start("dotnet", [tool["killed/Shop.dll"], "fail"]))!, TimeSpan.FromMinutes(1)))
            run.End();
        var live = Directory.GetFiles(tool.Folder, "*.live").Single();
        File.Move(live, tool["tests.prof.live"]);

        var result = tool.Run("stats", "tests.prof");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("Shelf.Price"));
        Assert.That(result.Errors, Does.StartWith("dotnet-prof: warning: there is no tests.prof").And.Contain("dotnet prof recover"));
        Assert.That(File.Exists(tool["tests.prof.live"]), Is.True);
    }

    [Test]
    public void A_profile_is_not_recovered()
    {
        var result = tool.Run("recover", "shop.prof");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("'shop.prof' is not a live file").And.Contain("there is nothing to recover"));
        Assert.That(new Stats(tool["shop.prof"])["Shelf.Price"].Calls, Is.EqualTo(2));
    }

    [Test]
    [Platform("Linux")]
    public void A_table_that_cannot_be_written_is_an_error()
    {
        using var shell = System.Diagnostics.Process.Start(
            tool.Start("sh", ["-c", "dotnet \"$0\" stats shop.prof > /dev/full", ProfTool.Assembly]))!;
        shell.WaitForExit();

        Assert.That(shell.ExitCode, Is.EqualTo(1));
        Assert.That(shell.StandardError.ReadToEnd(), Does.StartWith("dotnet-prof: error: the report cannot be written to stdout: "));
    }

    [Test]
    public void The_browser_is_started()
    {
        var result = tool.RunWithInput("stats 1\nquit\n", "browse", "shop.prof");

        Assert.That(result.Output, Does.StartWith("Welcome to the profile statistics browser.\n").And.Contain("function calls"));
    }
}
