using System.Text.RegularExpressions;
using Mono.Cecil;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>What somebody expects of the tool who knows other tools, and what tells those who expect what there is not.</summary>
public sealed class ExpectationTests : IDisposable
{
    const int Columns = 100;

    readonly ProfTool tool = new();

    static string Shop => ToolApps.Assembly("Shop");

    public void Dispose() => tool.Dispose();

    [Test]
    public void Tool_stats_sorts_and_cuts_as_run_does()
    {
        string[] program = ["--weave", "Microsoft.Extensions.*", Shop, "dependencies"];
        tool.Run(["-o", "big.prof", .. program]);

        var all = tool.Run("stats", "big.prof", "-n", "all");
        foreach (var result in new[] { tool.Run(program), tool.Run("stats", "big.prof") })
        {
            Assert.That(result.Output, Does.Contain("   Ordered by: cumulative time\n"));
            Assert.That(result.Rows, Has.Count.EqualTo(20));
            Assert.That(result.Output, Does.Contain($"\n... {all.Rows.Count - 20} more; -n all shows all rows\n"));
        }
        Assert.That(all.Output, Does.Not.Contain(" more; "));
        Assert.That(tool.Run("stats", "big.prof", "-n", "7").Output, Does.Not.Contain(" more; "), "who says so knows");
        Assert.That(tool.Run("stats", "big.prof", "--format", "csv").Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries),
            Has.Length.EqualTo(all.Rows.Count + 1), "programs get all");
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void Tool_units_adapt_at_a_terminal()
    {
        var (_, shown) = PseudoTerminal.Run(tool, Columns, [Shop, "sell", "tea"]);
        var (_, inSeconds) = PseudoTerminal.Run(tool, Columns, ["--unit", "s", Shop, "sell", "tea"]);

        var row = PseudoTerminal.Lines(shown).Single(line => line.EndsWith("Shelf.cs:5(Stock.Shelf.Price)", StringComparison.Ordinal));
        Assert.That(row, Does.Match(@"^ +1( +[1-9][\d.]* [mun]s){4} +Shelf"), "no figure is rounded to nothing");
        Assert.That(PseudoTerminal.Lines(inSeconds), Has.Some.Match(@"^ +1( +0\.\d{3}){4} +Shelf\.cs:5"));
        Assert.That(tool.Run(Shop, "sell", "tea").Output, Does.Match(@"(?m)^ +1( +0\.\d{3}){4} Shelf\.cs:5"), "piped, pstats' text");
    }

    [TestCase(" function calls in \\d+\\.\\d{3} microseconds\n", "--unit", "us")]
    [TestCase(" Program\\.cs:12\\(Shop\\.Program\\.Main\\)\n(.*\n)* +1 .*   Program\\.cs:\\d+\\(Shop\\.Program\\.Total\\)\n",
        "--tree", "--min-percent", "0")]
    [TestCase("\nShelf\\.cs:5\\(Stock\\.Shelf\\.Price\\) +<- .*\\{System\\.Linq\\.Enumerable\\.Sum\\}\n", "--callers", "-r", "Price")]
    [TestCase("\nthread 1.*\n +\\d+ function calls", "--threads")]
    [TestCase("\\{\n  \"calls\": \\d+,", "--format", "json")]
    public void Tool_run_has_the_options_of_stats(string pattern, params string[] options)
    {
        var result = tool.Run([.. options, Shop, "sell", "tea"]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.StartWith("3\n").And.Match(pattern));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void Tool_run_checks_the_report_before_the_program_runs()
    {
        var result = tool.Run("--callers", "--tree", Shop, "sell", "tea");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.EndWith("dotnet-prof: error: --callers and --tree are different reports: choose one.\n"));
    }

    [Test]
    public void Tool_o_says_where_the_profile_is_and_how_to_look_at_it()
    {
        var result = tool.Run("-o", "the shop's.prof", Shop, "sell", "tea");

        Assert.That(result.Output, Is.EqualTo("3\n"));
        Assert.That(result.Errors, Is.EqualTo($"dotnet-prof: the profile is {tool["the shop's.prof"]}; dotnet prof stats " +
            @"'the shop'\''s.prof' shows it." + "\n"));
    }

    [TestCase("cum", "cumulative time")]
    [TestCase("tot,cum", "internal time, cumulative time")]
    [TestCase("percall_c", "cumulative time per call")]
    public void Tool_sort_keys_can_be_abbreviated(string keys, string order)
    {
        var run = tool.Run("-s", keys, Shop, "sell", "tea");
        tool.Run("-o", "shop.prof", Shop, "sell", "tea");
        var stats = tool.Run("stats", "shop.prof", "-s", keys);

        Assert.That(run.Output, Does.Contain($"   Ordered by: {order}\n"), run.Errors);
        Assert.That(stats.Output, Does.Contain($"   Ordered by: {order}\n"), stats.Errors);
    }

    [Test]
    public void Tool_an_invalid_regular_expression_is_refused()
    {
        tool.Run("-o", "shop.prof", Shop, "sell", "tea");

        foreach (var result in new[] { tool.Run("-r", "[", Shop, "sell", "tea"), tool.Run("stats", "shop.prof", "-r", "[") })
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Errors, Does.Contain("dotnet-prof: error: option -r: invalid regular expression: '[' ("));
        }
    }

    [Test]
    public void Tool_a_restriction_that_leaves_nothing_is_named()
    {
        tool.Run("-o", "shop.prof", Shop, "sell", "tea");

        var result = tool.Run("stats", "shop.prof", "-r", "Shlef");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Errors, Is.EqualTo("dotnet-prof: warning: -r 'Shlef' leaves no method.\n"));
    }

    [Test]
    public void Tool_browse_of_what_is_no_profile_exits_1()
    {
        File.WriteAllText(tool["text.txt"], "text");

        var missing = tool.Run("browse", "nope.prof");
        var unreadable = tool.Run("browse", "text.txt");

        Assert.That(missing.ExitCode, Is.EqualTo(1));
        Assert.That(missing.Output, Is.Empty);
        Assert.That(missing.Errors, Does.StartWith("dotnet-prof: error: nope.prof does not exist."));
        Assert.That(unreadable.ExitCode, Is.EqualTo(1));
        Assert.That(tool.Run("browse").ExitCode, Is.Zero, "nothing was asked for yet");
    }

    [Test]
    public void Tool_one_double_dash_after_the_program_is_not_the_programs()
    {
        Assert.That(tool.Run(Shop, "--", "surroundings", "a", "--").ProgramOutput, Does.StartWith("a|--\n"));
        Assert.That(tool.Run("--", Shop, "--", "surroundings", "a").ProgramOutput, Does.StartWith("a\n"));
        Assert.That(tool.Run(Shop, "--", "--", "surroundings").ExitCode, Is.EqualTo(64), "who means it gives it twice");
    }

    [Test]
    public void Tool_reports_without_times_are_sorted_by_calls()
    {
        var result = tool.Run("--clock", "none", Shop, "sell", "tea", "coffee");
        var asked = tool.Run("--clock", "none", "-s", "cumulative,name", Shop, "sell", "tea");

        Assert.That(result.Output, Does.Contain("   Ordered by: call count\n"));
        Assert.That(result.Output, Does.Match(@"ncalls filename:lineno\(function\)(\n +[2-9] .*)+(\n +1 .*)+\n\n"));
        Assert.That(result.Errors, Is.Empty);
        Assert.That(asked.Output, Does.Contain("   Ordered by: call count, function name\n"));
        Assert.That(asked.Errors, Does.Contain("the profile has no times"));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void Tool_callers_of_three_methods_are_three_at_a_terminal()
    {
        var (_, shown) = PseudoTerminal.Run(tool, Columns, ["--callers", "-n", "3", Shop, "sell", "tea"]);

        var lines = PseudoTerminal.Lines(shown);
        Assert.That(lines, Has.Some.Match(@"^ *\S*Program\.cs:12\(Shop\.Program\.Main\) +-$"), "nobody calls it");
        Assert.That(lines.SkipWhile(line => !line.StartsWith('─')).Skip(1).Count(line => line.Length > 0), Is.EqualTo(3));
    }

    [Test]
    public void Tool_a_debug_build_is_named()
    {
        File.WriteAllText(tool["hello.cs"], "System.Console.WriteLine(1);");

        var debug = tool.Run("-c", "Debug", "hello.cs");
        var again = tool.Run("-c", "Debug", "hello.cs");

        Assert.That(debug.ProgramOutput, Is.EqualTo("1\n"));
        Assert.That(debug.Errors, Does.Match(@"^dotnet-prof: warning: .*\bhello\.dll\b.*build with -c Release\.\n$"));
        Assert.That(again.Errors, Is.EqualTo(debug.Errors), "also when it was woven before");
        Assert.That(tool.Run("hello.cs").Errors, Is.Empty);
    }

    [Test]
    public void Tool_a_file_with_a_shebang_is_profiled()
    {
        File.WriteAllText(tool["greet"], "#!/usr/bin/env dotnet\nSystem.Console.WriteLine(\"hi \" + args[0]);\n");

        Assert.That(tool.Run("greet", "you").ProgramOutput, Is.EqualTo("hi you\n"));
    }

    [Test]
    public void Tool_a_program_on_stdin_is_profiled()
    {
        var result = tool.RunWithInput("System.Console.WriteLine(\"hi \" + args[0]);\n", "-", "you");

        Assert.That(result.ProgramOutput, Is.EqualTo("hi you\n"), result.Errors);
        Assert.That(result.Rows, Does.Contain(("1", "app.cs:1(Program.Main)")));
    }

    [TestCase("script.fsx", "is a script that is compiled in memory as it runs")]
    [TestCase("script.csx", "is a script that is compiled in memory as it runs")]
    [TestCase("All.slnx", "is a solution. Specify -m and one of its projects: src/App/App.csproj, Lib.fsproj.")]
    [TestCase("All.sln", "is a solution. Specify -m and one of its projects: src/App/App.csproj.")]
    [TestCase("script.sh", "is neither a .NET program (app.dll) nor C#")]
    public void Tool_what_the_SDK_cannot_run_is_refused_in_one_line(string file, string reason)
    {
        File.WriteAllText(tool[file], Path.GetExtension(file) switch
        {
            ".slnx" => """
                <Solution>
                  <Folder Name="/src/"><Project Path="src\App\App.csproj" /></Folder>
                  <Project Path="Lib.fsproj" />
                </Solution>
                """,
            ".sln" => """
                Microsoft Visual Studio Solution File, Format Version 12.00
                Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "App", "src\App\App.csproj", "{0A}"
                EndProject
                """,
            _ => "#!/bin/sh\necho dotnet\n",
        });

        foreach (var result in new[] { tool.Run(file), tool.Run("-m", file) })
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Errors, Does.StartWith($"dotnet-prof: error: {file} {reason}"));
            Assert.That(Regex.Count(result.Errors, "\n"), Is.EqualTo(1));
        }
    }

    [Test]
    public void Tool_a_folder_with_a_solution_and_no_project_names_its_projects()
    {
        File.WriteAllText(tool["All.slnx"], """<Solution><Project Path="src/App/App.csproj" /></Solution>""");

        Assert.That(tool.Run("-m", ".").Errors, Is.EqualTo("dotnet-prof: error: the folder . has no project (.csproj, .fsproj or " +
            ".vbproj). It has the solution All.slnx. Specify -m and one of its projects: src/App/App.csproj.\n"));
    }

    [Test]
    public void Tool_braces_in_the_name_of_the_current_folder_are_its_own()
    {
        Directory.CreateDirectory(tool["{name} {pid} {x} {"]);
        var start = tool.Start("dotnet", [ProfTool.Assembly, "-o", "{name}.prof", Shop, "sell", "tea"]);
        start.WorkingDirectory = tool["{name} {pid} {x} {"];

        using var running = new RunningTool(System.Diagnostics.Process.Start(start)!, TimeSpan.FromMinutes(2));

        var result = running.End();
        Assert.That(result.Output, Is.EqualTo("3\n"), result.Errors);
        Assert.That(new Stats(Path.Combine(start.WorkingDirectory, "Shop.prof"))["Shelf.Price"].Calls, Is.EqualTo(1));
        Assert.That(Directory.GetFileSystemEntries(start.WorkingDirectory), Has.Length.EqualTo(1));
    }

    [Test]
    public void Tool_benchmarks_in_processes_of_their_own_are_told_of()
    {
        const string Hint = "dotnet-prof: warning: BenchmarkDotNet builds and starts programs of its own";
        CopyShop();
        File.WriteAllText(tool["BenchmarkDotNet.dll"], "");
        Rewrite(module => module.AssemblyReferences.Add(new("BenchmarkDotNet", new(0, 15, 0, 0))));

        Assert.That(tool.Run("Shop.dll", "sell", "tea").Errors, Does.StartWith(Hint).And.Contain("--inProcess"));
        Assert.That(tool.Run("Shop.dll", "sell", "tea", "--inProcess").Errors, Does.Not.Contain(Hint));

        void CopyShop()
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Shop)!))
                File.Copy(file, tool[Path.GetFileName(file)]);
        }

        void Rewrite(Action<ModuleDefinition> change)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(tool["Shop.dll"], new() { InMemory = true });
            change(assembly.MainModule);
            assembly.Write(tool["Shop.dll"]);
        }
    }
}
