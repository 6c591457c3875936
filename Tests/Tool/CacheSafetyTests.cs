using System.Diagnostics;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary>Nobody but the user can change what is run from the cache, and what is damaged is made again.</summary>
public sealed class CacheSafetyTests : IDisposable
{
    const UnixFileMode OfOthers = (UnixFileMode)0b111_111;

    const string AnotherUser = "12345", AnotherGroup = "12345";

    readonly ProfTool tool = new(hasOwnCache: true);

    public void Dispose() => tool.Dispose();

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void H5_The_cache_is_the_users_alone_whatever_the_umask()
    {
        Assert.That(RunIn("umask 000; exec \"$@\"").ExitCode, Is.Zero);

        var entries = new DirectoryInfo(tool.Cache).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Prepend(new DirectoryInfo(tool.Cache)).Where(entry => entry.LinkTarget is null).ToList();
        Assert.That(entries.OfType<FileInfo>().Select(file => file.Name), Does.Contain("Shop.dll").And.Contains("manifest"));
        Assert.That(entries.Where(entry => (entry.UnixFileMode & OfOthers) != 0), Is.Empty);
    }

    [TestCase("777")]
    [TestCase("702")]
    [Platform("Unix,Linux,MacOsX")]
    public void H5_A_folder_that_others_can_write_to_is_refused(string mode)
    {
        Directory.CreateDirectory(tool["shared"]);
        Shell($"chmod {mode} shared");
        tool.Environment["DOTNET_PROF_CACHE"] = tool["shared/cache"];

        ExpectUnsafe(Run(), "other users can write to " + tool["shared"]);
        Assert.That(Directory.GetFileSystemEntries(tool["shared"]), Is.Empty);
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void H5_A_folder_in_which_others_can_rename_only_what_is_theirs_will_do()
    {
        Directory.CreateDirectory(tool["shared"]);
        Shell("chmod 1777 shared");
        tool.Environment["DOTNET_PROF_CACHE"] = tool["shared"];

        Assert.That(Run().ProgramOutput, Is.EqualTo("3\n"));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void H5_A_link_to_a_folder_that_others_can_write_to_is_refused()
    {
        Directory.CreateDirectory(tool["shared/cache"]);
        Shell("chmod 777 shared; ln -s shared/cache link");
        tool.Environment["DOTNET_PROF_CACHE"] = tool["link"];

        ExpectUnsafe(Run(), "other users can write to");
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void H5_Copies_that_others_could_have_changed_are_refused()
    {
        Run();
        Shell("chmod 777 cache/copies");

        ExpectUnsafe(Run(), "other users can write to " + tool["cache/copies"]);
    }

    [TestCase("cache")]
    [TestCase("cache/copies")]
    [TestCase("cache/index")]
    [Platform("Linux")]
    public void H5_What_belongs_to_another_user_is_refused(string folder)
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root can give files away");
        Run();
        Shell($"chown {AnotherUser} {folder}");

        ExpectUnsafe(Run(), tool[folder] + " belongs to another user");
    }

    [Test]
    [Platform("Linux")]
    public void H5_A_folder_that_a_group_can_write_to_is_refused()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root can choose a group");
        Directory.CreateDirectory(tool["shared"]);
        Shell($"chgrp {AnotherGroup} shared; chmod 770 shared");
        tool.Environment["DOTNET_PROF_CACHE"] = tool["shared"];

        ExpectUnsafe(Run(), "other users can write to " + tool["shared"]);
    }

    [TestCase("rm Shop.dll")]
    [TestCase("rm Stock.dll")]
    [TestCase("rm ProfilerWeaver.dll")]
    [TestCase("rm *.deps.json")]
    [TestCase("rm Shop.pdb")]
    [TestCase("truncate -s 1000 Shop.dll")]
    [TestCase("truncate -s 0 Stock.dll")]
    [TestCase("printf damage | dd of=Shop.dll conv=notrunc")]
    [TestCase("ln -sf /dev/null Shop.dll")]
    [TestCase("chmod 600 ../manifest; truncate -s 100 ../manifest")]
    [TestCase("rm ../manifest; touch -d yesterday ..")]
    [Platform("Unix,Linux,MacOsX")]
    public void H6_A_damaged_copy_is_made_again(string damage)
    {
        Run();
        Shell($"cd cache/copies/*/app && {damage}");

        var result = Run();

        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.ProgramOutput, Is.EqualTo("3\n"));
        Assert.That(result.Rows.Select(row => row.Label), Has.Some.Contains("Shelf.Price"));
        Assert.That(Copies(), Has.Length.EqualTo(1));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void H6_A_copy_that_was_only_touched_is_not_made_again()
    {
        Run();
        var copy = Directory.GetFiles(tool.Cache, "Shop.dll", SearchOption.AllDirectories).Single();
        var written = File.GetLastWriteTimeUtc(copy);
        Shell("touch cache/copies/*/app/Shop.dll; ls -i cache/copies/*/app/Shop.dll > before");

        Run();

        Shell("ls -i cache/copies/*/app/Shop.dll > after");
        Assert.That(File.ReadAllText(tool["after"]), Is.EqualTo(File.ReadAllText(tool["before"])));
        Assert.That(File.GetLastWriteTimeUtc(copy), Is.EqualTo(written), "the next run need not read it");
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void H6_A_damaged_copy_that_somebody_runs_is_left_to_him()
    {
        using var running = tool.Begin(ToolApps.Assembly("Shop"), "wait");
        running.WaitFor("waiting");
        var copy = Copies().Single();
        File.Delete(Path.Combine(copy, "app", "Shop.dll"));

        var result = Run();

        running.Signal("TERM");
        running.End();
        Assert.That(result.ProgramOutput, Is.EqualTo("3\n"));
        Assert.That(Copies(), Has.Length.EqualTo(2).And.Contains(copy));
    }

    [Test]
    public void Tools_that_make_the_same_copy_at_once_make_one()
    {
        var all = Enumerable.Range(0, 4).Select(_ => tool.Begin(ToolApps.Assembly("Shop"), "sell", "tea")).ToList();

        Assert.That(all.Select(one => one.End()).Select(result => (result.ProgramOutput, result.Errors)),
            Is.All.EqualTo(("3\n", "")));
        Assert.That(Copies(), Has.Length.EqualTo(1));
        all.ForEach(one => one.Dispose());
    }

    // A disk of the test's own.
    [TestCase("", "the cache", "dotnet prof cache clean")]
    [TestCase("weave -o disk/woven", "-o disk/woven cannot be written", "Make room there")]
    [Platform("Linux")]
    public void H8_A_full_disk_is_told_in_a_line(string verb, string message, string advice)
    {
        Directory.CreateDirectory(tool["disk"]);
        tool.Environment["DOTNET_PROF_CACHE"] = tool["disk/cache"];
        tool.Environment["DISK"] = "mount -t tmpfs -o size=100k,mode=700 tmpfs disk";

        var result = RunIn($"exec unshare --map-root-user --mount sh -c '$DISK && exec \"$@\"' sh \"$@\"",
            verb.Length > 0 ? [.. verb.Split(' '), ToolApps.Assembly("Shop")] : [ToolApps.Assembly("Shop"), "sell", "tea"]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: " + message).And.Contain(advice)
            .And.Contain("No space left on device"));
        Assert.That(result.Errors.TrimEnd(), Does.Not.Contain("\n"));
    }

    [Test]
    [Platform("Linux")]
    public void P4_Without_OpenSSL_a_copy_is_run_and_the_lack_of_it_is_told_when_one_has_to_be_made()
    {
        const string WithoutLibrary = """
            exec unshare --map-root-user --mount sh -c 'for file in $(find -H /lib* /usr/lib* /usr/local/lib* -name "libssl.so*" -type f 2>/dev/null); do
                mount --bind /dev/null "$file" || exit 99; done; exec "$@"' sh "$@"
            """;

        var first = RunIn(WithoutLibrary);
        Run();
        var second = RunIn(WithoutLibrary);

        Assume.That(first.ExitCode, Is.Not.EqualTo(99), "this system lets nothing be mounted");
        Assert.That(first.ExitCode, Is.EqualTo(1));
        Assert.That(first.Errors, Does.StartWith("dotnet-prof: error: weaving needs OpenSSL").And.Contain("Install it"));
        Assert.That(second.ProgramOutput, Is.EqualTo("3\n"), second.Errors);
    }

    ToolResult Run() => tool.Run(ToolApps.Assembly("Shop"), "sell", "tea");

    ToolResult RunIn(string script, params string[] arguments)
    {
        string[] sold = arguments.Length > 0 ? arguments : [ToolApps.Assembly("Shop"), "sell", "tea"];
        using var running = new RunningTool(Process.Start(
            tool.Start("sh", ["-c", script, "sh", "dotnet", ProfTool.Assembly, .. sold]))!, TimeSpan.FromMinutes(2));
        return running.End();
    }

    void Shell(string script)
    {
        using var shell = Process.Start(tool.Start("sh", ["-ec", script]))!;
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero, script);
    }

    string[] Copies() => Directory.GetDirectories(Path.Combine(tool.Cache, "copies"));

    static void ExpectUnsafe(ToolResult result, string reason)
    {
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.Contain("is not safe: ").And.Contain(reason)
            .And.Contain("Set DOTNET_PROF_CACHE to a folder that only you can write to."));
    }
}
