using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>The packed tool is installed from a folder, and profiles and is profiled as what it then is: an installed .NET
/// tool.</summary>
public sealed class InstallTests : IDisposable
{
    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [Test]
    public void The_package_installs_and_runs_and_an_installed_tool_is_found_by_name()
    {
        var packages = Path.Combine(PackageFeed.Repository, "artifacts", "packages");
        var install = CommandLine.Run("dotnet", tool.Folder,
            ["tool", "install", "dotnet-prof", "--tool-path", "tools", "--add-source", packages, "--no-cache", "--version", PackageFeed.Version],
            ("NUGET_PACKAGES", tool["packages"]));
        Assert.That(install.ExitCode, Is.Zero, install.Output);
        var command = Path.Combine(tool.Folder, "tools", "dotnet-prof");

        using var installed = new RunningTool(System.Diagnostics.Process.Start(
            tool.Start(command, ["-o", "shop.prof", ToolApps.Assembly("Shop"), "sell", "tea"]))!, TimeSpan.FromMinutes(1));
        Assert.That(installed.End(), Is.EqualTo(new ToolResult(0, "3\n", "")));

        tool.Environment["PATH"] = Path.Combine(tool.Folder, "tools") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        var profiled = tool.Run("-n", "all", "-m", "prof", "stats", "shop.prof", "--format", "csv");
        Assert.That(profiled.ProgramOutput, Does.StartWith("ncalls,pcalls,").And.Contain("Stock.Shelf.Price"), profiled.Errors);
        Assert.That(profiled.Rows.Select(row => row.Label), Has.Some.Contains("(ProfilerWeaver.Tool.MachineFormats.WriteCsv)"));
    }
}
