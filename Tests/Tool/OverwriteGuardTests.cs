using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>No verb writes to what it reads.</summary>
public sealed class OverwriteGuardTests : IDisposable
{
    readonly ProfTool tool = new();

    public OverwriteGuardTests()
    {
        Directory.CreateDirectory(tool["runs"]);
        ProfFile.Write(RandomProfiles.Recording(1), tool["runs/a.prof"]);
        ProfFile.Write(RandomProfiles.Recording(2), tool["b.prof"]);
    }

    public void Dispose() => tool.Dispose();

    [TestCase("report runs/a.prof -o runs/a.prof")]
    [TestCase("report b.prof runs/a.prof -o runs/../runs/a.prof")]
    [TestCase("merge runs/a.prof b.prof -o runs/a.prof")]
    [TestCase("export runs/a.prof --to speedscope -o runs/a.prof")]
    [TestCase("recover runs/a.prof -o runs/a.prof")]
    [TestCase("check runs/a.prof --update --lock runs/a.prof")]
    [TestCase("check runs/a.prof --update --junit runs/a.prof")]
    [TestCase("-o runs/a.prof runs/a.prof")]
    public void An_input_is_not_overwritten(string arguments) => Refused(arguments, "runs/a.prof");

    [TestCase("merge b.prof runs/a.prof -o symbolic.prof")]
    [TestCase("merge symbolic.prof b.prof -o runs/a.prof")]
    [TestCase("merge b.prof runs/a.prof -o hard.prof")]
    [TestCase("report runs/a.prof -o folder/a.prof")]
    [TestCase("report runs/a.prof -o folder/symbolic.prof")]
    [TestCase("diff b.prof runs/a.prof -o page.html")]
    [Platform("Unix")]
    public void Links_are_followed(string arguments)
    {
        File.CreateSymbolicLink(tool["symbolic.prof"], "runs/a.prof");
        File.CreateSymbolicLink(tool["page.html"], "symbolic.prof");
        File.CreateSymbolicLink(tool["runs/symbolic.prof"], "../symbolic.prof");
        Directory.CreateSymbolicLink(tool["folder"], "runs");
        CommandLine.Run("ln", tool.Folder, ["runs/a.prof", "hard.prof"]);

        Refused(arguments, arguments.Contains("merge symbolic") ? "symbolic.prof" : "runs/a.prof");
    }

    [Test]
    [Platform("Unix")]
    public void A_pattern_leaves_the_output_out_under_any_name()
    {
        File.CreateSymbolicLink(tool["runs/latest.prof"], "../all.prof");
        ProfFile.Write(RandomProfiles.Recording(3), tool["all.prof"]);

        var result = tool.Run("merge", "runs/*.prof", "-o", "all.prof");

        Assert.That(result, Is.EqualTo(new ToolResult(0, "", "dotnet-prof: all.prof has 1 of 1 profiles.\n")));
    }

    [Test]
    [Platform("Unix")]
    public void Assemblies_are_not_woven_over_themselves_through_links()
    {
        var assembly = ToolApps.Assembly("Shop");
        Directory.CreateDirectory(tool["app"]);
        File.Copy(assembly, tool["app/Shop.dll"]);
        Directory.CreateSymbolicLink(tool["linked"], "app");
        Directory.CreateDirectory(tool["out"]);
        File.CreateSymbolicLink(tool["out/Shop.dll"], "../app/Shop.dll");

        foreach (var arguments in new[] { "weave app/Shop.dll -o linked", "weave linked/Shop.dll -o app", "weave app -o linked", "weave app/Shop.dll -o out" })
        {
            var result = tool.Run(arguments.Split(' '));
            Assert.That(result.Errors, Does.Contain("would be overwritten").And.Contain("Specify another folder with -o"), arguments);
            Assert.That(File.ReadAllBytes(tool["app/Shop.dll"]), Is.EqualTo(File.ReadAllBytes(assembly)), arguments);
        }
    }

    [Test]
    public void Two_outputs_are_two_files()
    {
        var both = tool.Run("check", "b.prof", "--update", "--junit", "profile.lock");
        var reports = tool.Run("check", "b.prof", "--update", "--junit", "x", "--sarif", "./x");

        Assert.That((both.ExitCode, both.Errors), Is.EqualTo((2, "dotnet-prof: error: --lock and --junit both write profile.lock. Choose another file for one of them.\n")));
        Assert.That((reports.ExitCode, reports.Errors), Is.EqualTo((2, "dotnet-prof: error: --junit and --sarif both write ./x. Choose another file for one of them.\n")));
    }

    [Test]
    public void What_is_not_there_yet_and_stdout_are_no_inputs()
    {
        Assert.That(tool.Run("export", "b.prof", "--to", "collapsed", "-o", "-").ExitCode, Is.Zero);
        Assert.That(tool.Run("report", "b.prof", "-o", "runs/b.prof").ExitCode, Is.Zero);
    }

    void Refused(string arguments, string file)
    {
        var before = File.ReadAllBytes(tool["runs/a.prof"]);

        var result = tool.Run(arguments.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.StartWith($"dotnet-prof: error: {file} is both an input and the output")
            .And.Contain(", and would be overwritten. Choose another file for -"));
        Assert.That(File.ReadAllBytes(tool["runs/a.prof"]), Is.EqualTo(before));
    }
}
