using System.Globalization;

namespace ProfilerWeaver.Tests.Consumers;

/// <summary>The version that a package gets from the commit, in repositories made for it.</summary>
public sealed class VersionTests : IDisposable
{
    const long Commit = 1_800_000_000;
    const string Expected = "0.1.222163200";

    readonly TemporaryFolder folder = new();
    readonly string clone;

    public VersionTests()
    {
        clone = folder.File("clone");
        var build = Path.Combine(PackageFeed.Repository, "build");
        Directory.CreateDirectory(Path.Combine(clone, "build"));
        foreach (var file in new[] { "Version.targets", "Commit.txt" })
            File.Copy(Path.Combine(build, file), Path.Combine(clone, "build", file));
        File.Copy(Path.Combine(PackageFeed.Repository, ".gitattributes"), Path.Combine(clone, ".gitattributes"));
        File.WriteAllText(Path.Combine(clone, "Some.proj"), """
            <Project>
              <PropertyGroup>
                <IsPackable>true</IsPackable>
                <ReleaseVersion>0.1</ReleaseVersion>
                <Version>0.1.0</Version>
                <PackageVersion>$(Version)</PackageVersion>
              </PropertyGroup>
              <Import Project="build/Version.targets" />
            </Project>
            """);
        Git(clone, "init", "-q");
        Git(clone, "add", ".");
        MakeCommit(Commit);
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void A_package_made_after_a_pull_is_newer()
    {
        Assert.That(VersionIn(clone), Is.EqualTo(Expected));

        MakeCommit(Commit + 1);

        Assert.That(VersionIn(clone), Is.EqualTo("0.1.222163201"));
    }

    [Test]
    public void It_is_the_same_in_shallow_clones_worktrees_and_archives()
    {
        MakeCommit(Commit - 5);
        MakeCommit(Commit);
        var (shallow, worktree, archive) = (folder.File("shallow"), folder.File("worktree"), folder.File("archive"));
        Git(clone, "clone", "-q", "--depth", "1", "file://" + clone, shallow);
        Git(clone, "worktree", "add", "-q", "--detach", worktree);
        Git(clone, "archive", "-o", folder.File("sources.tar"), "HEAD");
        System.Formats.Tar.TarFile.ExtractToDirectory(folder.File("sources.tar"), Directory.CreateDirectory(archive).FullName, false);

        Assert.That(new[] { shallow, worktree, archive }.Select(root => VersionIn(root)), Is.All.EqualTo(Expected));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void Without_git_there_is_one_too_and_a_word_about_it()
    {
        using var path = new TemporaryFolder();
        File.CreateSymbolicLink(path.File("sh"), "/bin/sh");

        Assert.That(VersionIn(clone, ("PATH", path.Location)), Is.EqualTo("0.1.0"));

        var build = CommandLine.Run(DotNet, clone, ["msbuild", "-nologo", "-t:SetPackageVersion"], ("PATH", path.Location));
        Assert.That(build.Output, Does.Contain("The version of Some is 0.1.0, because git could not provide the commit time."));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void A_repository_of_another_user_has_one_too() =>
        Assert.That(VersionIn(clone, ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")), Is.EqualTo(Expected));

    [Test]
    public void Another_version_can_be_given() => Assert.That(VersionIn(clone, [], "-p:Version=0.1.7"), Is.EqualTo("0.1.7"));

    static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));

    static string VersionIn(string root, params (string Name, string Value)[] environment) => VersionIn(root, environment, "-nologo");

    static string VersionIn(string root, (string Name, string Value)[] environment, string option)
    {
        var result = CommandLine.Run(DotNet, root, ["msbuild", "-t:SetPackageVersion", "-getProperty:PackageVersion", option], environment);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result.Output.Trim();
    }

    void MakeCommit(long time) => Git(clone, [("GIT_COMMITTER_DATE", time.ToString(CultureInfo.InvariantCulture) + " +0100")],
        "-c", "user.name=Some; One", "-c", "user.email=some@example.org", "commit", "-q", "--allow-empty", "-m", "committer x <y> 1;committer z <z> 2");

    static void Git(string folder, params string[] arguments) => Git(folder, [], arguments);

    static void Git(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var result = CommandLine.Run("git", folder, arguments, environment);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
    }
}
