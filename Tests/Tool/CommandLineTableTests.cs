using ProfilerWeaver.Tool;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The command line of Python's profilers, case by case; where Python's has a fault, what is better.</summary>
public sealed class CommandLineTableTests : IDisposable
{
    const string Usage =
        "Usage: dotnet prof [run] [-o FILE] [-s KEY[,KEY...]] [options] (-m MODULE | PROGRAM) [arguments...]\n\n";

    readonly ProfTool tool = new();

    static string Shop => ToolApps.Assembly("Shop");

    public void Dispose() => tool.Dispose();

    [Test]
    public void No_arguments_print_usage_and_exit_2()
    {
        Assert.That(tool.Run(), Is.EqualTo(new ToolResult(2, Usage, "")));
        Assert.That(tool.Run("run"), Is.EqualTo(new ToolResult(2, Usage, "")));
    }

    [TestCase("-h")]
    [TestCase("--help")]
    [TestCase("run", "--help")]
    public void Help_is_printed(params string[] arguments)
    {
        var result = tool.Run(arguments);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("Usage:").And.Contain("Examples:").And.Contain("dotnet prof "));
    }

    [TestCase("run", "-o, --outfile <FILE>", "-s, --sort <KEY[,KEY...]>", "-m, --module", "--weave <PATTERN>")]
    [TestCase("weave", "--check", "-o, --output <DIR>")]
    [TestCase("stats", "--callers", "--format <text|json|csv|markdown>")]
    [TestCase("browse", "<FILE>")]
    public void Help_of_each_verb_has_its_options_and_examples(string verb, params string[] texts)
    {
        var result = tool.Run(verb, "--help");

        Assert.That(result.ExitCode, Is.Zero);
        foreach (var text in texts)
            Assert.That(result.Output, Does.Contain(text));
        Assert.That(result.Output, Does.Match($@"Examples:\n  dotnet prof {(verb == "run" ? "" : verb)}"));
    }

    [Test]
    public void An_unknown_sort_key_is_refused_with_the_list_of_the_known()
    {
        var result = tool.Run("-s", "bogus", "app.dll");

        Assert.That(result, Is.EqualTo(new ToolResult(2, "", Usage +
            "dotnet-prof: error: option -s: invalid choice: 'bogus' (choose from 'calls', 'cumtime', 'cumulative', 'elapsed', " +
            "'filename', 'line', 'module', 'name', 'ncalls', 'nfl', 'pcalls', 'percall_cumtime', 'percall_tottime', 'slowest', " +
            "'stdname', 'time', 'tottime', 'waiting')\n")));
    }

    [TestCase("c")]
    [TestCase("tottime,n")]
    [TestCase("per")]
    [TestCase("")]
    public void A_beginning_of_several_sort_keys_is_refused(string key) =>
        Assert.That(tool.Run("-s", key, "app.dll").Errors, Does.Contain($"option -s: invalid choice: '{key.Split(',')[^1]}'"));

    [Test]
    public void Every_sort_key_is_accepted()
    {
        const string Keys = "calls,cumtime,cumulative,filename,line,module,name,ncalls,nfl,pcalls,stdname,time,tottime";

        Assert.That(tool.Run("-s", Keys, "no.dll").Errors, Is.EqualTo(Missing("no.dll")));
    }

    [TestCase("-s")]
    [TestCase("-o")]
    public void An_option_without_its_value(string option) => Assert.That(tool.Run(option),
        Is.EqualTo(new ToolResult(2, "", $"{Usage}dotnet-prof: error: {option} option requires 1 argument\n")));

    [Test]
    public void An_unknown_option() => Assert.That(tool.Run("-x", "app.dll"),
        Is.EqualTo(new ToolResult(2, "", Usage + "dotnet-prof: error: no such option: -x\n")));

    [Test]
    public void A_misspelt_option_names_the_nearest() => Assert.That(tool.Run("--no-builtin", "app.dll").Errors,
        Does.EndWith("no such option: --no-builtin (did you mean --no-builtins?)\n"));

    [Test]
    public void Builtins_has_three_choices() => Assert.That(tool.Run("--builtins", "maybe", "app.dll").Errors,
        Does.EndWith("option --builtins: invalid choice: 'maybe' (choose from 'true', 'all', 'false')\n"));

    [TestCase(BuiltinCalls.NotInlined, true)]
    [TestCase(BuiltinCalls.All, true, "--builtins", "all")]
    [TestCase(BuiltinCalls.None, true, "--builtins=false")]
    [TestCase(BuiltinCalls.None, true, "--no-builtins")]
    [TestCase(BuiltinCalls.NotInlined, false, "--no-trivial")]
    public void The_weaver_is_told_what_is_recorded(BuiltinCalls builtins, bool trivial, params string[] options)
    {
        var settings = RunLine.Read([.. options, "app.dll"])!.Weaving.ToSettings();

        Assert.That((settings.Builtins, settings.Trivial), Is.EqualTo((builtins, trivial)));
    }

    [TestCase("-m")]
    [TestCase("-o", "x.prof")]
    [TestCase("-s", "calls")]
    public void Options_and_nothing_else_print_usage_and_exit_2(params string[] arguments)
    {
        var result = tool.Run(arguments);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.StartWith(Usage).And.Contain("error: "));
    }

    [Test]
    public void A_missing_script_exits_1() => Assert.That(tool.Run("missing.cs"),
        Is.EqualTo(new ToolResult(1, "", Missing("missing.cs"))));

    [Test]
    public void An_unknown_module_exits_1()
    {
        var result = tool.Run("-m", "nomod");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: there is no project, .NET tool or program named nomod."));
    }

    [Test]
    public void The_report_is_sorted_as_asked()
    {
        var result = tool.Run("-s", "name", "-n", "all", Shop, "sell", "tea", "coffee");

        Assert.That(result.Output, Does.Contain("   Ordered by: function name\n"));
        var names = result.Rows.Select(row => row.Label[(row.Label.IndexOf('(') + 1)..].Trim('{', '}')).ToList();
        Assert.That(names, Has.Count.GreaterThan(5));
        Assert.That(names.FindIndex(name => name.StartsWith("System", StringComparison.Ordinal)),
            Is.LessThan(names.FindIndex(name => name.StartsWith("Stock", StringComparison.Ordinal))), "'<' comes first");
    }

    [Test]
    public void The_output_file_is_where_it_was_asked_for_though_the_program_moves()
    {
        using var elsewhere = new TemporaryFolder();

        var result = tool.Run("-s", "calls", "-o", "out.prof", Shop, "move", elsewhere.Location);

        Assert.That(result, Is.EqualTo(new ToolResult(0, "", tool.Saved("out.prof"))), "-s means nothing");
        Assert.That(Directory.GetFiles(elsewhere.Location), Is.Empty);
        Assert.That(new Stats(tool["out.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
    }

    [TestCase("missing/out.prof", "does not exist. Create it first.")]
    [TestCase("/etc/passwd/out.prof", "cannot be written: /etc/passwd is a file, not a folder. Choose another path.")]
    [TestCase("/etc/passwd/profiles/out.prof", "cannot be written: /etc/passwd is a file, not a folder. Choose another path.")]
    [TestCase("", "is a folder")]
    [TestCase("/proc/out.prof", "cannot be written")]
    public void An_output_that_cannot_be_written_is_refused_before_the_run(string path, string reason)
    {
        var result = tool.Run("-o", path.Length == 0 ? tool.Folder : path, Shop, "sell", "tea");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty, "the program has not run");
        Assert.That(result.Errors, Does.Contain(reason));
    }

    [Test]
    public void Placeholders_in_the_output_stand_for_program_and_process()
    {
        var result = tool.Run("-o", "{name}-of-{pid}.prof", Shop, "sell", "tea");

        var file = Directory.GetFiles(tool.Folder, "Shop-of-*.prof").Select(Path.GetFileName).Single()!;
        Assert.That(file, Does.Match(@"^Shop-of-\d+\.prof$"));
        Assert.That(result, Is.EqualTo(new ToolResult(0, "3\n", tool.Saved(file))));
    }

    [Test]
    public void Output_to_a_closed_pipe_exits_32_without_a_word()
    {
        const string Script = """
            import os, subprocess, sys
            read, write = os.pipe()
            os.close(read)
            tool = subprocess.run(sys.argv[1:], stdout=write, stderr=subprocess.PIPE)
            print(tool.returncode, tool.stderr.decode())
            """;

        var result = CPython.Latest.Run(Script, "dotnet", ProfTool.Assembly, Shop, "sell", "tea");

        Assert.That(result.Trim(), Is.EqualTo("32"));
    }

    [Test]
    public void The_verb_run_may_stand_before_a_program_that_is_called_as_a_verb()
    {
        Assert.That(tool.Run("run", "stats").Errors, Does.StartWith("dotnet-prof: error: stats does not exist."));
        Assert.That(tool.Run("stats", "no.prof").Errors, Does.StartWith("dotnet-prof: error: no.prof does not exist."));
    }

    [Test]
    public void Shells_can_complete_words()
    {
        Assert.That(tool.Run("[suggest:2]", "st").Output.Split('\n'), Does.Contain("stats"));
        Assert.That(tool.Run("[suggest:15]", "stats --format ").Output.Split('\n'), Does.Contain("markdown"));
    }

    static string Missing(string file) => $"dotnet-prof: error: {file} does not exist. Specify a built program (app.dll), a C# " +
        "file (app.cs), or -m and the name of a project or an installed tool.\n";
}
