using System.Diagnostics;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>What is said when the profile does not fit on the disk.</summary>
[Platform("Linux")]
public sealed class FullDiskTests : IDisposable
{
    // The live file of a small program takes all of it.
    const string OnSmallDisk = """
        program='mkdir disk saved && mount -t tmpfs -o size=128k none disk && "$@"
        code=$?; cp disk/*.live saved; exit $code'
        exec unshare --mount --map-root-user sh -c "$program" sh "$@"
        """;

    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [Test]
    public void H8_A_complete_live_file_that_leaves_no_room_for_the_profile_is_named_and_kept()
    {
        var shop = ToolApps.Assembly("Shop");
        var start = tool.Start("sh", ["-c", OnSmallDisk, "sh", "dotnet", ProfTool.Assembly, "-o", "disk/shop.prof", shop, "sell", "tea"]);
        using var running = new RunningTool(Process.Start(start)!, TimeSpan.FromMinutes(1));

        var result = running.End();

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.Contain("run dotnet prof recover on it")
            .And.Contain($"{shop} left no profile; what it recorded is in {tool["disk/shop.prof.live"]}, but could not be made one: "));
        Assert.That(new Stats(tool["saved/shop.prof.live"])["Shelf.Price"].Calls, Is.EqualTo(1));
    }
}
