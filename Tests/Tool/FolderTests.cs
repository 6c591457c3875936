using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>To a program that is profiled its folder is its folder: whatever it does with the files beside it has the same
/// outcome as without the tool, and leaves the same behind.</summary>
[Platform("Unix,Linux,MacOsX")]
public sealed class FolderTests : IDisposable
{
    readonly ProfTool tool = new(hasOwnCache: true);
    readonly BesideFolder folder;

    public FolderTests() => folder = new(tool["beside"]);

    // The methods of TestAssemblies/ToolApps/Beside.
    static IEnumerable<string> Scenarios => Directory
        .GetFiles(Path.Combine(PackageFeed.Repository, "TestAssemblies", "ToolApps", "Beside"), "*Scenarios.cs")
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"^    public static (?:async )?(?:void|int|Task) (\w+)\((string.*)?\)", RegexOptions.Multiline))
        .Where(match => !match.Groups[2].Success)
        .Select(match => match.Groups[1].Value)
        .Where(name => !name.EndsWith("_for_ever", StringComparison.Ordinal) && name is not "Hold");

    static int Kills => int.Parse(Environment.GetEnvironmentVariable("PROFILERWEAVER_KILLS") ?? "12", CultureInfo.InvariantCulture);

    public void Dispose() => tool.Dispose();

    [TestCaseSource(nameof(Scenarios))]
    public void H2_What_a_program_does_with_files_beside_it_is_the_same(string scenario)
    {
        folder.Renew();
        var unwoven = folder.RunUnwoven(tool, scenario);
        var expected = folder.State();

        folder.Renew();
        var woven = tool.Run("-o", "run.prof", folder.Program, scenario);

        Assert.That(woven.Output, Is.EqualTo(unwoven.Output), woven.Errors);
        Assert.That(WithoutTool(woven.Errors), Is.EqualTo(unwoven.Errors));
        Assert.That(woven.ExitCode, Is.EqualTo(unwoven.ExitCode));
        Assert.That(folder.State(), Is.EqualTo(expected));
        Assert.That(new Stats(tool["run.prof"])["Program.Main"].Calls, Is.EqualTo(1), "it was profiled");
    }

    [Test]
    public void H2_The_executable_of_the_program_sees_itself_where_it_is()
    {
        folder.Renew();
        var host = Path.ChangeExtension(folder.Program, null);
        using var running = new RunningTool(Process.Start(tool.Start(host, ["Where_it_is"]))!, TimeSpan.FromMinutes(1));
        var unwoven = running.End();

        Assert.That(tool.Run("-o", "run.prof", host, "Where_it_is").Output, Is.EqualTo(unwoven.Output).And.Contain("Beside\n"));
        Assert.That(tool.Run("-o", "run.prof", host, "It_starts_others").Output, Is.EqualTo("ended\n"), "no variable of ours");
        Assert.That(tool.Run("-o", "run.prof", host, "It_starts_itself_by_its_path").Output, Is.EqualTo("child a b in {folder}/ \n"));
        Assert.That(Directory.GetFiles(tool.Folder, "run-*.prof"), Has.Length.EqualTo(1), "the child was profiled");
    }

    [Test]
    public void H2_A_program_without_a_list_of_dependencies_finds_its_resources_and_libraries()
    {
        folder.Renew();
        File.Delete(Path.ChangeExtension(folder.Program, ".deps.json"));

        foreach (var scenario in new[] { "Resources_by_culture", "LiteDB_adds_a_note", "A_plugin_in_its_own_context" })
        {
            var unwoven = folder.RunUnwoven(tool, scenario).Output;
            var woven = tool.Run("-o", "run.prof", folder.Program, scenario);
            Assert.That(woven.Output, Is.EqualTo(unwoven.Replace("1 notes", "2 notes", StringComparison.Ordinal)), woven.Errors);
        }
    }

    // docs/limits.md says so.
    [Test]
    public void H2_An_assembly_that_is_missing_is_missed_by_the_host_before_the_program_starts()
    {
        folder.Renew();
        File.Delete(Path.Combine(Path.GetDirectoryName(folder.Program)!, "System.Security.Cryptography.ProtectedData.dll"));

        Assert.That(folder.RunUnwoven(tool, "Delete").ExitCode, Is.Zero);
        var woven = tool.Run("-o", "run.prof", folder.Program, "Delete");

        Assert.That(woven.ExitCode, Is.Not.Zero);
        Assert.That(woven.Errors, Does.Contain("was not found").And.Contain("System.Security.Cryptography.ProtectedData"));
    }

    [Test]
    public void H1_A_LiteDB_database_beside_the_program_keeps_its_notes_with_and_without_the_tool()
    {
        folder.Renew();
        for (var i = 1; i <= 6; i += 2)
        {
            Assert.That(folder.RunUnwoven(tool, "LiteDB_adds_a_note").Output, Is.EqualTo($"{i} notes\n"));
            Assert.That(tool.Run("-o", "run.prof", folder.Program, "LiteDB_adds_a_note").Output, Is.EqualTo($"{i + 1} notes\n"));
        }
    }

    [TestCase("Sqlite")]
    [TestCase("LiteDB")]
    public void H1_No_committed_row_is_lost_when_the_program_is_killed(string database)
    {
        folder.Renew();
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < Kills; i++)
        {
            var committed = CommitUntilKilled(database + "_commits_for_ever", (int)Math.Pow(10, 3 * random.NextDouble()));
            var rows = Lines(folder.RunUnwoven(tool, database + "_rows").Output);

            Assert.That(committed, Is.Not.Empty);
            Assert.That(committed.Except(rows), Is.Empty, $"kill {i} of seed {seed}");
        }
    }

    // The program goes on while its lines are read, so the moment is a random one.
    List<string> CommitUntilKilled(string scenario, int lines)
    {
        using var process = Process.Start(tool.Start("dotnet", [ProfTool.Assembly, "-o", "run.prof", folder.Program, scenario]))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var first = process.StandardOutput.ReadLine();
        Assert.That(first, Does.StartWith("process "), () => errors.Result);
        var committed = new List<string>();
        for (var i = 0; i < lines; i++)
            committed.Add(process.StandardOutput.ReadLine()!);
        using (var program = Process.GetProcessById(int.Parse(first!.Split(' ')[1], CultureInfo.InvariantCulture)))
            program.Kill();
        committed.AddRange(Lines(process.StandardOutput.ReadToEnd()));
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(137), () => errors.Result);
        return committed;
    }

    // The last one may be cut.
    static string[] Lines(string text) => text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static string WithoutTool(string errors) =>
        Regex.Replace(errors, @"^dotnet-prof: .*\n(  .*\n)*", "", RegexOptions.Multiline);
}
