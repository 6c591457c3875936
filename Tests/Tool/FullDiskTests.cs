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

    const string OnFullDisk = """
        program='mkdir disk && mount -t tmpfs -o size=8k none disk && echo earlier > disk/shop.prof && head -c 4096 /dev/zero > disk/rest && "$@"'
        exec unshare --mount --map-root-user sh -c "$program" sh "$@"
        """;

    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [TestCase("disk/new.prof", "")]
    [TestCase("disk/shop.prof", " {0} is from an earlier run.")]
    public void A_profile_that_finds_no_room_in_the_end_is_not_lost_without_a_word(string file, string rest)
    {
        var shop = ToolApps.Assembly("Shop");

        var result = OnDisk(OnFullDisk, "-o", file, shop, "sell", "tea");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.EndWith($"\ndotnet-prof: warning: {shop} left no profile: '{tool[file]}' could not be written: No space left on " +
            $"device. Free some space, or choose another file.{string.Format(rest, tool[file])}\n"));
        Assert.That(result.Errors, Does.StartWith($"ProfilerWeaver: cannot write {tool[file]}.live (No space left on device): the profile is kept in " +
            "memory until the program ends; free some space by then, or "));
    }

    [Test]
    public void Advice_on_a_full_disk_is_to_free_some()
    {
        ProfFile.Write(RandomProfiles.Recording(1), tool["a.prof"]);

        var result = OnDisk(OnFullDisk, "merge", "a.prof", "-o", "disk/all.prof");

        Assert.That(result, Is.EqualTo(new ToolResult(1, "", "dotnet-prof: error: 'disk/all.prof' could not be written: No space left on device. " +
            "Free some space, or choose another file.\n")));
    }

    [Test]
    public void H8_A_complete_live_file_that_leaves_no_room_for_the_profile_is_named_and_kept()
    {
        var shop = ToolApps.Assembly("Shop");

        var result = OnDisk(OnSmallDisk, "-o", "disk/shop.prof", shop, "sell", "tea");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.Contain("run dotnet prof recover on it")
            .And.Contain($"{shop} left no profile; what it recorded is in {tool["disk/shop.prof.live"]}, but could not be turned into one: "));
        Assert.That(new Stats(tool["saved/shop.prof.live"])["Shelf.Price"].Calls, Is.EqualTo(1));
    }

    ToolResult OnDisk(string script, params string[] arguments)
    {
        var start = tool.Start("sh", ["-c", script, "sh", "dotnet", ProfTool.Assembly, .. arguments]);
        using var running = new RunningTool(Process.Start(start)!, TimeSpan.FromMinutes(1));
        return running.End();
    }
}
