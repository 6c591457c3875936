using System.Text;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tests.Fleet;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The packed tool is installed from a folder. It is native where it can be compiled so, and does then what the
/// managed one does.</summary>
public sealed class InstallTests : IDisposable
{
    static readonly Lazy<InstalledTool> Installed = new(InstalledTool.Install);

    readonly ProfTool tool = new();

    static string Shop => ToolApps.Assembly("Shop");

    [OneTimeTearDown]
    public static void Uninstall()
    {
        if (Installed.IsValueCreated)
            Installed.Value.Dispose();
    }

    public void Dispose() => tool.Dispose();

    [Test]
    [Platform("Linux,MacOsX")]
    public void It_is_native_where_there_is_a_linker_and_starts_without_NET()
    {
        tool.Environment["DOTNET_ROOT"] = tool.Folder;

        var result = Run("--version");

        Assert.That(result.ExitCode == 0, Is.EqualTo(Installed.Value.CanBeNative), result.Errors + Installed.Value.PackOutput);
        Assert.That(Installed.Value.IsNative, Is.EqualTo(Installed.Value.CanBeNative), Installed.Value.PackOutput);
    }

    [Test]
    public void A_program_is_run_and_its_profile_saved() =>
        Assert.That(Run("-o", "shop.prof", Shop, "sell", "tea"), Is.EqualTo(new ToolResult(0, "3\n", tool.Saved("shop.prof"))));

    [Test]
    public void A_program_is_run_and_its_profile_printed()
    {
        var result = Run(Shop, "sell", "tea", "coffee");

        Assert.That(result.ProgramOutput, Is.EqualTo("9\n"), result.Errors);
        Assert.That(result.Rows, Does.Contain(("2", "Shelf.cs:5(Stock.Shelf.Price)")));
    }

    [Test]
    public void A_file_is_built_and_run()
    {
        var result = Run(Path.Combine(ToolApps.Folder, "script.cs"), "tea");

        Assert.That(result.ProgramOutput, Is.EqualTo("[3]\n"), result.Errors);
        Assert.That(result.Rows, Does.Contain(("1", "Shelf.cs:5(Stock.Shelf.Price)")));
    }

    [TestCase("pyroscope", "")]
    [TestCase("pyroscope", "/push.v1.PusherService/Push")]
    [TestCase("otlp", "")]
    public void A_profile_is_sent(string kind, string path)
    {
        using var server = new PushServer();
        ProfFile.Write(RandomProfiles.Recording(1), tool["app.prof"]);

        var result = Run("push", "app.prof", "--to", $"{kind}={server.Address}{path}", "--spool", "spool");

        Assert.That(result, Is.EqualTo(new ToolResult(0, "", "dotnet-prof: 1 of 1 profiles have arrived.\n")));
        Assert.That(server.Arrived, Has.Count.EqualTo(1));
    }

    [Test]
    public void The_exit_code_is_that_of_the_program()
    {
        Assert.That(Run(Shop, "exit", "7").ExitCode, Is.EqualTo(7));
        Assert.That(Run("-o", "shop.prof", Shop, "throw").ExitCode, Is.EqualTo(134));
    }

    [Test]
    public void What_is_wrong_is_said()
    {
        Assert.That(Run("--frobnicate", Shop), Is.EqualTo(tool.Run("--frobnicate", Shop)).And.Property("ExitCode").EqualTo(2));
        Assert.That(Run("stats", "missing.prof"), Is.EqualTo(tool.Run("stats", "missing.prof")).And.Property("ExitCode").EqualTo(1));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void SIGTERM_is_handed_on()
    {
        using var running = Installed.Value.Begin(tool, Shop, "wait");
        running.WaitFor("waiting 3");

        running.Signal("TERM");

        var result = running.End();
        Assert.That(result.ExitCode, Is.EqualTo(143), result.Errors);
        Assert.That(result.Rows, Does.Contain(("1", "Shelf.cs:5(Stock.Shelf.Price)")));
    }

    [Test]
    public void What_takes_a_JIT_is_left_to_the_managed_tool()
    {
        var result = Run("weave", Path.GetDirectoryName(Shop)!, "-o", "woven", "--check");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Match(@"(?m)^Stock\.dll +1 +0 +3 +\d+$"));
        Assert.That(Run("weave", tool["missing.dll"], "-o", "woven", "--check"),
            Is.EqualTo(tool.Run("weave", tool["missing.dll"], "-o", "woven", "--check")).And.Property("ExitCode").EqualTo(1));
    }

    [Test]
    public void Symbols_in_the_format_of_Windows_are_read()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var assembly = Directory.GetFiles(Path.Combine(packages, "microsoft.applicationinsights"), "Microsoft.ApplicationInsights.dll",
            SearchOption.AllDirectories).First(path => path.Contains("netstandard2.0", StringComparison.Ordinal));
        Assert.That(BeginningOf(Path.ChangeExtension(assembly, ".pdb")), Does.StartWith("Microsoft C/C++ MSF"));

        var result = Run("weave", assembly, "-o", "woven");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Errors);
        Assert.That(BeginningOf(tool["woven/Microsoft.ApplicationInsights.pdb"]), Does.StartWith("BSJB"));
    }

    [Test]
    public void Tables_trees_and_the_browser_are_the_same()
    {
        tool.Run("-o", "shop.prof", Shop, "sell", "tea");
        foreach (var arguments in (string[][])[
            ["stats", "shop.prof", "--callers"], ["stats", "shop.prof", "--tree"], ["stats", "shop.prof", "--format", "json"],
            ["stats", "shop.prof", "--format", "csv"], ["stats", "shop.prof", "--format", "markdown"], ["stats", "--help"],
            ["[suggest:8]", "stats --"]])
            Assert.That(Run(arguments), Is.EqualTo(tool.Run(arguments)).And.Property("ExitCode").EqualTo(0), string.Join(' ', arguments));

        const string Dialogue = "sort tottime\nstats 3\nquit\n";
        using var browser = Installed.Value.Begin(tool, "browse", "shop.prof");
        Assert.That(browser.End(Dialogue), Is.EqualTo(tool.RunWithInput(Dialogue, "browse", "shop.prof")));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void Without_a_linker_it_is_managed_and_can_itself_be_profiled_by_its_name()
    {
        using var managed = InstalledTool.InstallWithoutLinker();
        Assert.That(managed.PackOutput, Does.Contain("dotnet-prof is packed without native code and will start more slowly: " +
            "there is no working linker"));
        Assert.That(managed.Run(tool, "-o", "shop.prof", Shop, "sell", "tea"),
            Is.EqualTo(new ToolResult(0, "3\n", tool.Saved("shop.prof"))));

        PutOnSearchPath(managed);
        var profiled = tool.Run("-n", "all", "-m", "prof", "stats", "shop.prof", "--format", "csv");

        Assert.That(profiled.ProgramOutput, Does.StartWith("ncalls,pcalls,").And.Contain("Stock.Shelf.Price"), profiled.Errors);
        Assert.That(profiled.Rows.Select(row => row.Label), Has.Some.Contains("(ProfilerWeaver.Tool.MachineFormats.WriteCsv)"));
    }

    [Test]
    public void A_native_tool_is_not_profiled()
    {
        PutOnSearchPath(Installed.Value);

        var result = tool.Run("-m", "prof", "--version");

        Assert.That(result.ExitCode, Is.EqualTo(Installed.Value.IsNative ? 1 : 0));
        if (Installed.Value.IsNative)
            Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: prof is a native program: not .NET, or compiled with native AOT"));
    }

    static string BeginningOf(string file) => Encoding.Latin1.GetString(File.ReadAllBytes(file), 0, 32);

    ToolResult Run(params string[] arguments) => Installed.Value.Run(tool, arguments);

    void PutOnSearchPath(InstalledTool installed) =>
        tool.Environment["PATH"] = installed.Folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
}
