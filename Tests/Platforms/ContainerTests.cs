using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>A container as people run one, made without an engine: namespaces of its own for users, processes and mounts, a
/// read-only root with nothing but the program and the libraries that it links, and a volume for the profile. The program is
/// process 1.</summary>
[Category("Platforms")]
public sealed class ContainerTests : IDisposable
{
    const string Container = "container";

    // $1: the root, $2: the volume.
    const string EnterRoot = """
        mount --rbind "$1" "$1" && mount --bind "$2" "$1/volume" && mount -t proc proc "$1/proc" &&
        mount -o remount,bind,ro "$1" && shift 2 && exec chroot "$0" "$@"
        """;

    static readonly string[] Linked = ["libcoreclr.so", "libclrjit.so", "libSystem.Native.so", "Tally"];

    readonly TemporaryFolder temporary = new();

    static IEnumerable<TestCaseData> OfMemory => ControlGroup.IsThere
        ? [new TestCaseData(Container, "killed by the memory limit")]
        : [];

    public void Dispose() => temporary.Dispose();

    [TestCase(Container, "SIGTERM to process 1")]
    public async Task A_signal_to_process_1_has_the_profile_written(string platform, string form)
    {
        using var program = Start("term", "wait");
        await program.WaitFor("spinning");

        Signal(program, "TERM");
        // The signal itself does nothing to a process 1 of .NET 10 that does not handle it, woven or not: it goes on.
        Assert.That(() => File.Exists(Volume("Tally.prof")) || program.HasExited, Is.True.After(120_000, 20));
        Signal(program, "KILL");
        await program.End();

        // Calls went on until the end, which only the live file has.
        Counts("term").Check(Volume("Tally.prof.live"), threads: 2, isWall: false);
        var rows = ProfFile.ReadRows(Volume("Tally.prof"));
        Assert.That(rows.Single(row => row.Name == "Tally.Work.Round").Calls, Is.EqualTo(3), $"{platform}, {form}");
    }

    [TestCase(Container, "killed, recovered, read-only root")]
    public async Task A_killed_program_is_recovered_by_the_next_one(string platform, string form)
    {
        using (var program = Start("killed", "wait"))
        {
            await program.WaitFor("spinning");
            Signal(program, "KILL");
            await program.End();
        }
        await CheckRecovery("killed", threads: 2, $"{platform}, {form}");
    }

    [TestCaseSource(nameof(OfMemory))]
    public async Task What_the_memory_limit_kills_is_recovered_by_the_next_one(string platform, string form)
    {
        using (var group = new ControlGroup(192 << 20))
        using (var program = Start("eaten", "eat", group.Join))
        {
            Assert.That((await program.End()).ExitCode, Is.Not.EqualTo(5));
        }
        await CheckRecovery("eaten", threads: 1, $"{platform}, {form}");
    }

    [TestCase(Container, "without OpenSSL")]
    public async Task P4_Without_OpenSSL_a_program_records_a_profile_is_shown_and_the_lack_is_told_when_one_is_to_be_woven(string platform, string form)
    {
        using (var program = Start("own", "end"))
            Assert.That((await program.End()).ExitCode, Is.EqualTo(5));
        Counts("own").Check(Volume("Tally.prof"), threads: 0, isWall: true);
        var published = TallyProgram.Publish(Platform.Linux, Form.Plain);
        PublishedTool.Make(published, Volume("tool"));
        published.CopyUnwoven(Volume("unwoven"));

        using var stats = Enter("", "/volume/tool/dotnet-prof", "stats", "-n", "all", "/volume/Tally.prof");
        using var weave = Enter("", "/volume/tool/dotnet-prof", "weave", "/volume/unwoven/Tally.dll", "-o", "/volume/woven");

        Assert.That(Directory.GetFiles(temporary.File("root"), "libssl*", SearchOption.AllDirectories), Is.Empty, $"{form}, {platform}");
        Assert.That((await stats.End()).Output, Does.Contain("(Tally.Work.Fibonacci)"));
        var (exitCode, _, errors) = await weave.End();
        Assert.That(errors, Does.Contain("weaving needs OpenSSL"));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    async Task CheckRecovery(string counters, int threads, string what)
    {
        Counts(counters).Check(Volume("Tally.prof.live"), threads, isWall: false);
        using var next = Start("next", "end");
        var (exitCode, _, errors) = await next.End();
        Assert.That(exitCode, Is.EqualTo(5), errors);
        var recovered = Directory.GetFiles(Volume(""), "Tally-*.prof").Single();
        Counts(counters).Check(recovered, threads, isWall: false);
        Counts("next").Check(Volume("Tally.prof"), threads: 0, isWall: true);
        Assert.That(errors, Does.Contain("recovered"), what);
    }

    OwnCounts Counts(string name) => new(Volume(name));

    string Volume(string name) => Path.Combine(temporary.Location, "volume", name);

    WatchedProgram Start(string counters, string mode, string prelude = "") => Enter(prelude, "/app/Tally", $"/volume/{counters}", mode);

    WatchedProgram Enter(string prelude, params string[] command)
    {
        var root = temporary.File("root");
        if (!Directory.Exists(root))
            MakeRoot(root);
        var start = new ProcessStartInfo("sh", ["-c", prelude + """exec unshare --user --map-root-user --mount --pid --fork "$@" """, "sh",
            "sh", "-c", EnterRoot, root, root, Volume(""), .. command])
        {
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["PROFILERWEAVER_OUTPUT"] = "/volume/Tally.prof";
        return new(start);
    }

    void MakeRoot(string root)
    {
        var program = TallyProgram.Publish(Platform.Linux, Form.Plain).Folder;
        foreach (var folder in new[] { "volume", "root/proc", "root/volume", "root/app" })
            Directory.CreateDirectory(temporary.File(folder));
        foreach (var file in Directory.GetFiles(program))
            File.Copy(file, Path.Combine(root, "app", Path.GetFileName(file)));
        var libraries = Linked.SelectMany(file => OtherTool.Run("ldd", Path.Combine(program, file)).Split([' ', '\t', '\n']))
            .Where(word => word.StartsWith('/') && !word.StartsWith(program, StringComparison.Ordinal)).Distinct();
        foreach (var library in libraries)
        {
            Directory.CreateDirectory(root + Path.GetDirectoryName(library));
            File.Copy(library, root + library);
        }
    }

    // From outside: the program is the child of unshare.
    static void Signal(WatchedProgram unshare, string signal)
    {
        var child = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{unshare.Id}/task/{unshare.Id}/children")).Trim();
        OtherTool.Run("kill", "-s", signal, child);
    }

    /// <summary>A group of processes with a limit of their memory; the kernel kills in it what goes beyond.</summary>
    sealed class ControlGroup : IDisposable
    {
        const string First = "/sys/fs/cgroup/memory";
        const string Second = "/sys/fs/cgroup";

        readonly string folder;

        public ControlGroup(long limit)
        {
            folder = Path.Combine(Directory.Exists(First) ? First : Second, $"profilerweaver-{Guid.NewGuid():N}");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, Directory.Exists(First) ? "memory.limit_in_bytes" : "memory.max"),
                limit.ToString(CultureInfo.InvariantCulture));
        }

        /// <summary>Whether one can be made here: by root, where the system lets it.</summary>
        public static bool IsThere
        {
            get
            {
                try
                {
                    using var group = new ControlGroup(1 << 30);
                    return true;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return false;
                }
            }
        }

        /// <summary>What a shell does to be in it.</summary>
        public string Join => $"echo $$ > {folder}/cgroup.procs || exit 99; ";

        public void Dispose() => Directory.Delete(folder);
    }
}
