using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NUnit.Framework;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>What may lie where the sockets of woven programs are, and who does not answer at one.</summary>
[SupportedOSPlatform("linux")]
public class ControlPlacesTests : ServingProgramTest
{
    [Test]
    public void Only_a_socket_that_nobody_listens_at_is_removed()
    {
        _ = LinuxSocket.Close(LinuxSocket.Listen(PathOf("7.control"), out _));
        File.WriteAllText(PathOf("8.control"), "somebody's notes");
        File.CreateSymbolicLink(PathOf("9.control"), PathOf("8.control"));

        var result = Tool.Run("ps");
        Tool.Run("start", "8");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(PathOf("7.control"), Does.Not.Exist);
        Assert.That(File.ReadAllText(PathOf("8.control")), Is.EqualTo("somebody's notes"));
        Assert.That(new FileInfo(PathOf("9.control")).LinkTarget, Is.EqualTo(PathOf("8.control")));
    }

    [Test]
    public void A_program_whose_sockets_place_is_taken_by_a_file_leaves_that_alone()
    {
        File.WriteAllText(PathOf("8.control"), "somebody's notes");

        var server = ControlServer.Listen(Folder, "8", command => new(ControlMessage.Done))!;
        server.End();

        Assert.That(server.Path, Is.EqualTo(PathOf("8-2.control")));
        Assert.That(File.ReadAllText(PathOf("8.control")), Is.EqualTo("somebody's notes"));
    }

    [Test]
    public void Sockets_of_another_user_are_theirs_to_remove()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root can be somebody else");
        _ = LinuxSocket.Close(LinuxSocket.Listen(PathOf("7.control"), out _));
        OtherTool.RunIn(Folder, "chown", "65534", PathOf("7.control"));

        Assert.That(Tool.Run("ps").ExitCode, Is.Zero);

        Assert.That(PathOf("7.control"), Does.Exist);
    }

    // Everybody may make a folder or a link of such a name, and root looks into those of all users.
    [Test]
    public void Root_does_not_look_where_a_link_leads_nor_into_a_folder_that_is_not_its_users()
    {
        Assume.That(Environment.IsPrivilegedProcess, "only root looks into the folders of others");
        Tool.Environment["PROFILERWEAVER_CONTROL"] = "on";
        var link = $"/tmp/profilerweaver-{Path.GetFileName(Folder)}";
        var (numbered, open) = ("/tmp/profilerweaver-4000000001", "/tmp/profilerweaver-4000000002");
        try
        {
            Directory.CreateSymbolicLink(link, Folder);
            Directory.CreateSymbolicLink(numbered, Folder);
            Directory.CreateDirectory(open, (UnixFileMode)0b111_000_000);
            using var here = new Impostor(PathOf("7.control"));
            using var there = new Impostor(Path.Combine(open, "7.control"));

            var result = Tool.Run("ps");

            Assert.That(result.ExitCode, Is.Zero, result.Errors);
            Assert.That(result.Output, Does.Not.Contain("Impostor"));
        }
        finally
        {
            File.Delete(link);
            File.Delete(numbered);
            Directory.Delete(open, recursive: true);
        }
    }

    [TestCase("x.json", "json")]
    [TestCase("x.pb.gz", "pprof")]
    [TestCase("x.html", "html")]
    public async Task A_name_that_promises_another_format_is_refused_before_anything_is_recorded(string file, string format)
    {
        var program = await Serve(isAsleep: true);

        var refused = Tool.Run("start", Number(program), "-o", file);

        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Errors, Does.Contain($"what is written is a .prof file, and '{file}' is the name of a file for {format}. Choose another name; " +
            $"dotnet prof export FILE.prof -o {file} makes this one of it."));
        Assert.That(Tool.Run("status", Number(program)).Output, Does.Match("(?m)^state +asleep$"));
        await program.End();
    }

    [Test]
    public async Task Who_does_not_answer_is_listed_as_such_and_keeps_nobody_waiting()
    {
        var suspended = await Serve(isAsleep: true);
        var other = await Serve(isAsleep: true);
        suspended.Send("STOP");
        try
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var listed = Tool.Run("ps");
            var told = Tool.Run("start", Number(other));
            var refused = Tool.Run("start", Number(suspended));

            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(45)));
            Assert.That(listed.Output, Does.Match($"(?m)^{suspended.ProcessId} +no answer").And.Match($"(?m)^{other.ProcessId} +Scenarios.Endings +asleep"));
            Assert.That(told.ExitCode, Is.Zero, told.Errors);
            Assert.That(refused.Errors, Does.Contain($"process {suspended.ProcessId} does not answer").And.Contain("suspended"));
            Assert.That(refused.ExitCode, Is.EqualTo(1));
            Assert.That(Tool.Run("stop", "Nobody").Errors, Does.Contain($"process {suspended.ProcessId} does not answer"));
        }
        finally
        {
            suspended.Send("CONT");
        }
        await other.End();
        await suspended.End();
    }

    [Test]
    public async Task Who_sends_a_byte_now_and_then_is_cut_off_so_that_others_get_their_turn()
    {
        var program = await Serve(isAsleep: true);
        var slow = LinuxSocket.Connect(SocketOf(program), out _);
        using (new Timer(_ => LinuxSocket.Write(slow, "s"u8), null, dueTime: 0, period: 100))
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();

            Assert.That(Tell(program, ControlField.Status)[ControlField.State], Is.EqualTo(ControlField.Asleep));

            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
        }
        _ = LinuxSocket.Close(slow);
        await program.End();
    }

    // A child that ends, for example; which thread is told is left to the system.
    [Test]
    public void A_signal_while_an_answer_is_waited_for_does_not_end_the_wait()
    {
        using var slow = new Impostor(PathOf("7.control"), () => Thread.Sleep(500));

        var answer = UnderSignals(() => Converse(PathOf("7.control"), new ControlMessage(ControlField.Status).ToLine()));

        Assert.That(answer?[ControlField.Program], Is.EqualTo("Impostor"));
    }

    [Test]
    public void Many_signals_do_not_prolong_the_wait_for_who_says_nothing()
    {
        const int mostWaiting = 17;
        using var suspended = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        suspended.Bind(new UnixDomainSocketEndPoint(PathOf("7.control")));
        suspended.Listen(mostWaiting - 1);
        var isSilent = false;
        var isBusy = false;
        var isDeserted = true;
        var first = LinuxSocket.Connect(PathOf("7.control"), out _);
        var others = Enumerable.Range(1, mostWaiting - 1).Select(_ => LinuxSocket.Connect(PathOf("7.control"), out isDeserted)).ToList();

        var line = UnderSignals(() => LinuxSocket.ReadLine(first, 100, 1, out isSilent));
        var socket = UnderSignals(() => LinuxSocket.Connect(PathOf("7.control"), out isDeserted, out isBusy));

        others.ForEach(other => _ = LinuxSocket.Close(other));
        _ = LinuxSocket.Close(first);
        Assert.That((line, isSilent), Is.EqualTo((default(byte[]), true)));
        Assert.That((socket, isDeserted, isBusy), Is.EqualTo((-1, false, true)));
    }

    // To the thread that waits, several times while it does.
    static T UnderSignals<T>(Func<T> wait)
    {
        const int sigChild = 17;
        var (getThread, signalThread) = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? (178, 131) : (186, 234);
        // From now on, .NET handles the signal.
        OtherTool.RunIn(Path.GetTempPath(), "true");
        var waiting = new TaskCompletionSource<nint>();
        var result = Task.Factory.StartNew(() =>
        {
            waiting.SetResult(SystemCall(getThread, 0, 0, 0));
            return wait();
        }, TaskCreationOptions.LongRunning);
        var patience = Stopwatch.StartNew();
        for (var thread = waiting.Task.Result; !result.IsCompleted && patience.Elapsed < TimeSpan.FromSeconds(20); Thread.Sleep(50))
            SystemCall(signalThread, Environment.ProcessId, thread, sigChild);
        return result.Result;
    }

    [DllImport("libc", EntryPoint = "syscall")]
    static extern nint SystemCall(nint number, nint first, nint second, nint third);

    sealed class Impostor : IDisposable
    {
        readonly ControlServer server;

        public Impostor(string path, Action? beforeAnswer = null)
        {
            server = ControlServer.Listen(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path), command =>
            {
                beforeAnswer?.Invoke();
                return new(ControlMessage.Done) { [ControlField.Program] = "Impostor", [ControlField.Process] = "7", [ControlField.State] = ControlField.Asleep };
            })!;
            BackgroundThread.Begin("control", () => server.Serve(() => -1, () => { }));
        }

        public void Dispose() => server.End();
    }
}
