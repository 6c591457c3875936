using System.Runtime.Versioning;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>What docs/production.md says of containers: a program with process ids and a file system of its own, whose root nobody can write
/// to, is told what to do by way of a folder that both see.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[Parallelizable(ParallelScope.Self)]
public sealed class ContainerTests : ServingProgramTest
{
    // What a container is made of. The program becomes process 1.
    const string Container = """
        exec unshare --mount --pid --kill-child --fork sh -ec '
            volume=$1 root=$1/root
            shift
            mkdir "$root"
            mount --rbind / "$root"
            mount -o remount,bind,ro "$root"
            mount --bind "$volume" "$root$volume"
            mount -t proc proc "$root/proc"
            exec chroot "$root" "$@"' sh "$VOLUME" "$@"
        """;

    [SetUp]
    public void UseContainer()
    {
        ProgramShell = Container;
        ProgramEnvironment["VOLUME"] = Folder;
        ProgramEnvironment["DOTNET_EnableDiagnostics"] = "0";
    }

    [Test]
    public async Task It_is_found_by_name_and_recorded_for_a_while()
    {
        var profile = PathOf("app.prof");
        var program = await Serve(isAsleep: true);

        Assert.That(Tool.Run("ps").Output, Does.Match(@"(?m)^1 +Scenarios\.Endings +asleep"));
        Assert.That(Tool.Run("start", "Scenarios.Endings", "-o", profile).Errors, Is.Empty);
        await Work(program, 2);
        using (var rows = System.Text.Json.JsonDocument.Parse(Tool.Run("top", "1", "--once", "--format", "json").Output))
            Assert.That(rows.RootElement.GetRawText(), Does.Contain("Work.Leaf"));
        Assert.That(Tool.Run("stop", "1").Errors, Is.Empty);
        await program.End();

        ExpectProfile(profile, WorkOf(2));
        Assert.That(Directory.GetDirectories(Folder, "top-*"), Is.Empty);
    }

    [Test]
    public async Task A_profile_where_it_cannot_write_is_refused_and_can_be_written_elsewhere()
    {
        var profile = PathOf("app.prof");
        var program = await Serve(isAsleep: true);
        Tool.Run("start", "1");
        await Work(program, 1);

        // In the folder in which the program was started: in the container that is /.
        Assert.That(Tool.Run("stop", "1").Errors, Does.Contain("could not be written: Read-only file system"));
        Assert.That(Tool.Run("top", "1", "--once").Errors, Does.Contain("dotnet prof stop 1 -o FILE writes it elsewhere"));
        Assert.That(Tool.Run("stop", "1", "-o", profile).Errors, Is.Empty);
        await program.End();

        ExpectProfile(profile, WorkOf(1));
    }
}
