using System.Diagnostics;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>Programs of all kinds are profiled by one command, and do what they do without.</summary>
public sealed class RunTests : IDisposable
{
    readonly ProfTool tool = new();

    static string Shop => ToolApps.Assembly("Shop");

    public void Dispose() => tool.Dispose();

    [Test]
    public void A_console_program_prints_and_then_its_profile_is_printed()
    {
        var result = tool.Run(Shop, "sell", "tea", "coffee");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.ProgramOutput, Is.EqualTo("9\n"));
        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.Output, Does.Contain("   Ordered by: cumulative time\n"));
        Assert.That(result.Rows, Is.SupersetOf(new[]
        {
            ("1", "Program.cs:12(Shop.Program.Main)"), ("2", "Shelf.cs:5(Stock.Shelf.Price)"),
            ("1", "{System.Linq.Enumerable.Sum}"),
        }));
        Assert.That(result.Rows[0].Label, Is.EqualTo("Program.cs:12(Shop.Program.Main)"));
    }

    [Test]
    public void Arguments_environment_working_directory_and_content_files_are_the_programs()
    {
        tool.Environment["SHOP"] = "open";

        var result = tool.Run(Shop, "surroundings", "-o", "a b", "", "--help", "\"'");

        Assert.That(result.ProgramOutput, Is.EqualTo($"-o|a b||--help|\"'\n{tool.Folder}\nopen\nwelcome\n"));
        Assert.That(result.Errors, Is.EqualTo("to stderr\n"));
    }

    [Test]
    public void A_program_reads_stdin()
    {
        var result = tool.RunWithInput("tea\ncoffee\n", Shop, "read");

        Assert.That(result.ProgramOutput, Is.EqualTo("9\n"));
        Assert.That(result.Rows, Does.Contain(("2", "Shelf.cs:5(Stock.Shelf.Price)")));
    }

    [Test]
    public void A_pattern_that_matches_nothing_in_any_of_its_assemblies_is_named()
    {
        var result = tool.Run("--include", "Stock.*", "--include", "Shop", "--exclude", "Nowhere.*", Shop, "sell", "tea");
        var again = tool.Run("--include", "Stock.*", "--include", "Shop", "--exclude", "Nowhere.*", Shop, "sell", "tea");

        Assert.That(result.Errors, Does.StartWith("dotnet-prof: warning: the pattern \"Nowhere.*\" of Exclude matches no method."));
        Assert.That(result.Errors.TrimEnd(), Does.Not.Contain('\n'), "the others match in one of the two assemblies");
        Assert.That(again.Errors, Is.EqualTo(result.Errors));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void A_link_to_a_program_somewhere_else()
    {
        File.CreateSymbolicLink(tool["shop"], Path.ChangeExtension(Shop, null));
        File.CreateSymbolicLink(tool["other.dll"], Shop);

        Assert.That(tool.Run("shop", "sell", "tea").ProgramOutput, Is.EqualTo("3\n"));
        Assert.That(tool.Run("other.dll", "sell", "tea").ProgramOutput, Is.EqualTo("3\n"));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void Nothing_depends_on_whether_messages_can_be_written()
    {
        string[] run = ["dotnet", ProfTool.Assembly, "--exclude", "Nowhere", Shop, "exit", "7"];
        var start = tool.Start("sh", ["-c", "exec \"$@\" 2>&-", "sh", .. run]);

        using var running = new RunningTool(System.Diagnostics.Process.Start(start)!, TimeSpan.FromMinutes(1));

        var result = running.End();
        Assert.That(result.ExitCode, Is.EqualTo(7));
        Assert.That(result.Rows, Does.Contain(("1", "{System.Environment.Exit}")));
    }

    [Test]
    public void A_program_in_a_project_or_file_can_start_itself_again_by_the_name_of_its_process()
    {
        File.WriteAllText(tool["again.cs"], """
            if (args.Length > 0)
                return 7;
            using var again = System.Diagnostics.Process.Start(System.Environment.ProcessPath!, ["x"]);
            again.WaitForExit();
            return again.ExitCode;
            """);

        Assert.That(tool.Run("-o", "again.prof", "again.cs").ExitCode, Is.EqualTo(7));
    }

    [Test]
    public void A_program_that_exits_with_code_7()
    {
        var result = tool.Run(Shop, "exit", "7");

        Assert.That(result.ExitCode, Is.EqualTo(7));
        Assert.That(result.Rows, Does.Contain(("1", "{System.Environment.Exit}")));
    }

    [Test]
    public void A_program_that_throws()
    {
        var result = tool.Run(Shop, "throw");

        Assert.That(result.ExitCode, Is.EqualTo(134));
        Assert.That(result.Errors, Does.StartWith("Unhandled exception. System.InvalidOperationException: sold out"));
        Assert.That(result.Rows, Does.Contain(("1", "Program.cs:64(Shop.Program.Fail)")));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void A_program_that_SIGTERM_ends()
    {
        using var running = tool.Begin(Shop, "wait");
        running.WaitFor("waiting 3");

        running.Signal("TERM");

        var result = running.End();
        Assert.That(result.ExitCode, Is.EqualTo(143));
        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.Rows, Does.Contain(("1", "Shelf.cs:5(Stock.Shelf.Price)")));
    }

    [Test]
    public void A_program_that_fails_fast()
    {
        var result = tool.Run(Shop, "fail");

        Assert.That(result.ExitCode, Is.EqualTo(134));
        Assert.That(result.Errors, Does.Contain("on fire"));
        Assert.That(result.Rows, Does.Contain(("1", "Shelf.cs:5(Stock.Shelf.Price)")));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public async Task A_web_service_that_SIGINT_stops()
    {
        using var running = tool.Begin(ToolApps.Assembly("Web"));
        var address = Regex.Match(running.WaitFor("Now listening on"), @"http://127\.0\.0\.1:\d+").Value;
        using (var client = new HttpClient())
        {
            for (var i = 0; i < 3; i++)
                Assert.That(await client.GetStringAsync(new Uri(address)), Is.EqualTo("Hello"));
        }

        running.Signal("INT");

        var result = running.End();
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Contain("Application is shutting down..."));
        Assert.That(result.Rows, Does.Contain(("3", "Program.cs:9(Greeting.Text)")));
    }

    [Test]
    public void A_program_that_starts_a_woven_child()
    {
        var result = tool.Run("-o", "parent.prof", Shop, "spawn");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Is.EqualTo("6\n"));
        var child = Directory.GetFiles(tool.Folder, "parent-*.prof").Single();
        Assert.That(result.Errors, Is.EqualTo(
            $"{tool.Saved("parent.prof")}dotnet-prof: other processes left profiles, too:\n  {child}\n"));
        Assert.That(new Stats(tool["parent.prof"])["Program.Spawn"].Calls, Is.EqualTo(1));
        Assert.That(new Stats(child)["Shelf.Price"].Calls, Is.EqualTo(1));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void A_child_that_outlives_its_parent_leaves_the_parent_its_profile()
    {
        tool.Run("-o", "parent.prof", Shop, "spawn", "and leave");

        Assert.That(() => Directory.GetFiles(tool.Folder, "parent-*.prof").Length, Is.EqualTo(1).After(20_000, 50));
        var child = Directory.GetFiles(tool.Folder, "parent-*.prof").Single();
        Assert.That(new Stats(child)["Shelf.Price"].Calls, Is.EqualTo(1));
        Assert.That(new Stats(tool["parent.prof"])["Program.Spawn"].Calls, Is.EqualTo(1));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void Two_runs_with_one_output_keep_their_profiles_and_exit_codes()
    {
        using var first = tool.Begin("-o", "same.prof", Shop, "wait");
        first.WaitFor("waiting 3");

        var second = tool.Run("-o", "same.prof", Shop, "fail");

        Assert.That(second.ExitCode, Is.EqualTo(tool.Run("-o", "alone.prof", Shop, "fail").ExitCode).And.Not.Zero);
        var own = Directory.GetFiles(tool.Folder, "same-*.prof").Single();
        Assert.That(second.Errors, Does.Contain($"{tool["same.prof"]} is in use; saved as {own}"));
        Assert.That(new Stats(own)["Program.Main"].Calls, Is.EqualTo(1));
        first.Signal("TERM");
        first.End();
        Assert.That(File.Exists(tool["same.prof"]), Is.True);
    }

    [TestCase("", "-o is empty")]
    [TestCase("{host}.prof", "has the unknown placeholder {host}")]
    public void An_output_that_cannot_be_meant_is_refused_before_the_run(string output, string reason)
    {
        var result = tool.Run("-o", output, Shop, "sell", "tea");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: -o ").And.Contain(reason));
    }

    [Test]
    public void R4_A_foreign_file_in_the_place_of_the_live_file_is_left_alone_and_the_profile_named()
    {
        File.WriteAllText(tool["shop.prof.live"], "mine");

        var result = tool.Run("-o", "shop.prof", Shop, "sell", "tea");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.Contain($"the profile is {tool["shop.prof"]}"));
        Assert.That(File.ReadAllText(tool["shop.prof.live"]), Is.EqualTo("mine"));
        Assert.That(new Stats(tool["shop.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
    }

    [Test]
    [Platform("Linux, MacOSX")]
    public void R4_A_link_to_a_file_that_is_yet_to_be_made_is_followed_for_the_profile()
    {
        File.CreateSymbolicLink(tool["shop.prof"], "made.prof");
        File.CreateSymbolicLink(tool["nowhere.prof"], "none/made.prof");

        var result = tool.Run("-o", "shop.prof", Shop, "sell", "tea");
        var refused = tool.Run("-o", "nowhere.prof", Shop, "sell", "tea");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Is.EqualTo(tool.Saved("shop.prof")));
        Assert.That(new FileInfo(tool["shop.prof"]).LinkTarget, Is.EqualTo("made.prof"));
        Assert.That(new Stats(tool["made.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Errors, Does.Contain($"the folder {tool["none"]} does not exist"));
    }

    [Test]
    [Platform("Linux")]
    public void H8_A_folder_that_the_program_removes_with_itself_in_it_is_no_trouble()
    {
        var start = tool.Start("sh", ["-c", "mkdir gone && cd gone && exec \"$@\"", "sh", "dotnet", ProfTool.Assembly, "-o", "shop.prof",
            Shop, "leave nothing"]);
        using var running = new RunningTool(Process.Start(start)!, TimeSpan.FromMinutes(1));

        var result = running.End();

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.Contain($"the profile is {tool["gone/shop.prof"]}"));
        Assert.That(new Stats(tool["gone/shop.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
    }

    [Test]
    [Platform("Linux")]
    public void H8_A_part_of_a_profile_is_called_so()
    {
        tool.Run("weave", Path.GetDirectoryName(ToolApps.Assembly("Shop"))!, "-o", "killed");
        using (var run = new RunningTool(Process.Start(
            tool.Start("dotnet", [tool["killed/Shop.dll"], "fail"]))!, TimeSpan.FromMinutes(1)))
            run.End();
        var live = Directory.GetFiles(tool.Folder, "*.live").Single();
        File.SetAttributes(live, FileAttributes.Normal);
        using (var file = File.Open(live, FileMode.Open))
        {
            var header = LiveHeader.Read(file)!.Value;
            header.IsIncomplete = true;
            header.Write(file);
        }
        File.Move(live, tool["shop.prof.live"]);

        Assert.That(tool.Run("stats", "shop.prof.live").Errors, Does.Contain("shop.prof.live holds only part of the recording"));
        Assert.That(tool.Run("stats", "shop.prof").Errors, Does.Contain("holds only part of the recording"));
        Assert.That(tool.Run("recover", "shop.prof.live").Errors, Does.Contain("holds only part of the recording"));
    }

    [Test]
    public void P5_A_profile_may_have_the_longest_name_there_is()
    {
        var name = new string('n', 250) + ".prof";

        Assert.That(tool.Run("-o", name, Shop, "sell", "tea").ExitCode, Is.Zero);
        Assert.That(new Stats(tool[name])["Shelf.Price"].Calls, Is.EqualTo(1));

        var refused = tool.Run("-o", "n" + name, Shop, "sell", "tea");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Errors, Does.Contain("a name has at most 255 bytes"));
    }

    // On Windows 1 is no handle: what asks for it gets an exception in the place of a report.
    [Test]
    public void P1_On_Windows_a_report_goes_to_the_console_s_stdout()
    {
        using var output = ProfilerWeaver.Tool.Report.OpenOutput(isWindows: true);

        Assert.That(output, Is.Not.InstanceOf<FileStream>());
        Assert.That(output.CanWrite, Is.True);
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void What_an_earlier_run_has_left_is_no_childs_profile()
    {
        using (var unfinished = tool.Begin("-o", "shop.prof", Shop, "wait"))
        {
            unfinished.WaitFor("waiting 3");
            // The recorder has it locked, which cp does not mind.
            using (var copy = Process.Start("cp", [tool["shop.prof.live"], tool["copy"]]))
                copy.WaitForExit();
            unfinished.Signal("TERM");
            unfinished.End();
        }
        File.Move(tool["copy"], tool["shop.prof.live"]);

        var result = tool.Run("-o", "shop.prof", Shop, "sell", "tea");

        Assert.That(result.Errors, Does.Match(
            @"^dotnet-prof: an earlier run was killed; its profile was recovered as .*shop-\d+\.prof\n").And.EndsWith(tool.Saved("shop.prof")));
    }

    [Test]
    public void A_program_with_native_dependencies_and_satellite_assemblies()
    {
        var result = tool.Run(ToolApps.Assembly("Localized"));

        Assert.That(result.ProgramOutput, Is.EqualTo("Bonjour\n3\n"));
        Assert.That(result.Rows, Does.Contain(("1", "Program.cs:18(Database.Answer)")));
    }

    [Test]
    public void A_program_in_FSharp()
    {
        var result = tool.Run(ToolApps.Assembly("Functional"), "10");

        Assert.That(result.ProgramOutput, Is.EqualTo("55\n"));
        Assert.That(result.Rows, Does.Contain(("177/1", "Program.fs:3(Functional.Program.fibonacci)")));
    }

    [Test]
    public void A_CSharp_file_with_a_package_and_a_project()
    {
        var result = tool.Run(Path.Combine(ToolApps.Folder, "script.cs"), "tea", "coffee");

        Assert.That(result.ProgramOutput, Is.EqualTo("[3,6]\n"), result.Errors);
        Assert.That(result.Rows, Is.SupersetOf(new[]
        {
            ("1", "script.cs:9(Program.Main.Prices)"), ("2", "Shelf.cs:5(Stock.Shelf.Price)"),
        }));
    }

    [Test]
    public void A_project_is_built_first()
    {
        var folder = tool.Run("-m", Path.Combine(ToolApps.Folder, "Shop"), "sell", "tea");
        var file = tool.Run("-m", Path.Combine(ToolApps.Folder, "Functional", "Functional.fsproj"), "5");

        Assert.That(folder.ProgramOutput, Is.EqualTo("3\n"), folder.Errors);
        Assert.That(file.ProgramOutput, Is.EqualTo("5\n"), file.Errors);
    }

    [Test]
    public void The_executable_of_a_program_starts_it()
    {
        var result = tool.Run(Path.ChangeExtension(Shop, null), "sell", "tea");

        Assert.That(result.ProgramOutput, Is.EqualTo("3\n"), result.Errors);
        Assert.That(result.Rows, Does.Contain(("1", "Shelf.cs:5(Stock.Shelf.Price)")));
    }

    [Test]
    public void An_assembly_is_found_on_the_search_path()
    {
        tool.Environment["PATH"] = Path.GetDirectoryName(Shop) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

        var result = tool.Run("-m", "Shop", "sell", "tea");

        Assert.That(result.ProgramOutput, Is.EqualTo("3\n"), result.Errors);
    }

    [Test]
    public void Dependencies_are_woven_when_asked_for()
    {
        var without = tool.Run("-n", "all", Shop, "dependencies");
        var with = tool.Run("-n", "all", "--weave", "Microsoft.Extensions.*", Shop, "dependencies");

        Assert.That(without.Rows, Has.None.Matches<(string, string Label)>(row => row.Label.Contains("DependencyContext.Load(")));
        Assert.That(with.ProgramOutput, Is.EqualTo(without.ProgramOutput));
        Assert.That(with.Rows.Select(row => row.Label),
            Has.Some.EndsWith("(Microsoft.Extensions.DependencyModel.DependencyContext.LoadDefault)"));
    }

    [Test]
    [Platform("Linux")]
    public void A_warm_up_that_is_interrupted_is_told()
    {
        using var running = tool.Begin("--warm", "1h", "-o", "warm.prof", Shop, "wait");
        running.WaitFor("waiting 3");

        running.Signal("INT");

        Assert.That(running.End().Errors, Is.EqualTo(
            "ProfilerWeaver: the program ended during its warm-up: the profile has the whole run\n" + tool.Saved("warm.prof")));
        Assert.That(new Stats(tool["warm.prof"])["Shelf.Price"].Calls, Is.EqualTo(1));
    }

    [Test]
    public void Options_say_what_is_recorded()
    {
        var quiet = tool.Run("--no-builtins", "--exclude", "Stock", Shop, "sell", "tea");
        var counted = tool.Run("--clock", "none", Shop, "sell", "tea");
        var all = tool.Run("--builtins", "all", "--clock", "none", Shop, "sell", "tea");

        Assert.That(quiet.Rows.Select(row => row.Label), Is.EquivalentTo(new[]
        {
            "Program.cs:12(Shop.Program.Main)", "Program.cs:56(Shop.Program.Total)",
        }));
        Assert.That(all.Output, Does.Contain(" 13 function calls\n").And.Contain("{System.String.Length}"));
        Assert.That(counted.Output, Does.Contain(" 10 function calls\n").And.Contain("   ncalls filename:lineno(function)\n"));
    }
}
