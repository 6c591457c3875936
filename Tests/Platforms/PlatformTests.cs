using System.Diagnostics;

namespace ProfilerWeaver.Tests.Platforms;

/// <summary>
/// A program that counts its own calls runs on each platform and in each form: it is killed; the live file has all calls;
/// the next run recovers them, and runs to its end. <c>.ci/run</c> makes a table of the names of these tests.
/// </summary>
[Category("Platforms")]
public sealed class PlatformTests
{
    // An emulated one on a machine that does something else.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    static readonly (Platform, Form)[] Usual =
    [
        .. Form.OfLinux.Select(form => (Platform.Linux, form)),
        (Platform.Linux9, Form.Plain), (Platform.Linux8, Form.Plain), (Platform.MuslLinux, Form.Plain), (Platform.Arm64, Form.Plain),
        (Platform.Arm64WithCounter, new("processor's counter")), (Platform.Windows, Form.Plain), (Platform.Windows, Form.CpuClock),
        (Platform.Mono, new("installed")),
    ];

    // Takes minutes.
    static readonly (Platform, Form)[] More =
    [
        .. from platform in new[] { Platform.Linux9, Platform.Linux8, Platform.MuslLinux, Platform.Arm64, Platform.Windows }
           from form in new[] { Form.Trimmed, Form.SingleFile, Form.ReadyToRun }
           select (platform, form),
        (Platform.MuslLinux, Form.CpuClock), (Platform.Arm64, Form.CpuClock),
    ];

    static IEnumerable<TestCaseData> Cases =>
        Usual.Concat(Environment.GetEnvironmentVariable("PROFILERWEAVER_PLATFORMS") == "all" ? More : [])
            .Select(item => new TestCaseData(item.Item1, item.Item2).SetArgDisplayNames(item.Item1.Name, item.Item2.Name));

    [TestCaseSource(nameof(Cases))]
    public async Task Counts_are_exact(object platform, object form) => await CheckCounts((Platform)platform, (Form)form);

    [TestCase("osx-arm64 (only compiled)", "self-contained")]
    public void A_program_is_woven_and_compiled(string platform, string form)
    {
        var folder = TallyProgram.Publish(Platform.Mac, Form.Plain).Folder;

        // An executable of macOS for 64 bits (MH_MAGIC_64), which calls the recorder.
        Assert.That(BitConverter.ToUInt32(File.ReadAllBytes(Path.Combine(folder, "Tally"))), Is.EqualTo(0xFEEDFACF));
        Assert.That(File.ReadAllText(Path.Combine(folder, "Tally.dll")), Does.Contain("<ProfilerWeaver>"), $"{form} on {platform}");
        Assert.That(Path.Combine(folder, "ProfilerWeaver.dll"), Does.Exist);
    }

    static async Task CheckCounts(Platform platform, Form form)
    {
        var program = TallyProgram.Publish(platform, form);
        using var temporary = new TemporaryFolder();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary.Location, (UnixFileMode)0b111_111_111);
        var folder = Directory.CreateDirectory(form.FolderIn(temporary.Location)).FullName;
        var output = Path.Combine(folder, form.OutputName);
        var isWall = form != Form.CpuClock;

        using (var killed = program.Start(platform, form, folder, "killed", "wait"))
        {
            var errors = killed.StandardError.ReadToEndAsync();
            while (await ReadLine(killed) is var line && line != "spinning")
                Assert.That(line, Is.Not.Null, "it has ended before it was killed: " + (line is null ? await errors : ""));
            killed.Kill();
            await killed.WaitForExitAsync();
            Assert.That(await errors, Does.Not.Contain("ProfilerWeaver:"));
        }
        // Main's, and that of another thread.
        new OwnCounts(Path.Combine(folder, "killed")).Check(output + ".live", threads: 2, isWall: false);

        using var next = program.Start(platform, form, folder, "ended", "end");
        var said = next.StandardError.ReadToEndAsync();
        while (await ReadLine(next) is not null)
        {
        }
        await next.WaitForExitAsync();
        Assert.That(next.ExitCode, Is.EqualTo(5), await said);
        var recovered = Directory.GetFiles(folder, "*.prof").Single(path => path != output);
        Assert.That((await said).Split('\n').Where(line => line.StartsWith("ProfilerWeaver:", StringComparison.Ordinal)),
            Has.One.Contains(Path.GetFileName(recovered)), await said);
        new OwnCounts(Path.Combine(folder, "killed")).Check(recovered, threads: 2, isWall: false);
        new OwnCounts(Path.Combine(folder, "ended")).Check(output, threads: 0, isWall);
        Assert.That(Directory.GetFiles(folder, "*.live"), Is.Empty);
        if (platform == Platform.Arm64WithCounter)
            Assert.That(ProfFile.Read(output).Recording!.Clock, Is.EqualTo("wall (virtual counter)"));
        // P3: Wine counts at 10 MHz whatever the system below it keeps time by.
        if (platform == Platform.Windows && isWall)
            Assert.That(ProfFile.Read(output).Recording!.Clock, Is.EqualTo("wall (stopwatch)"));
    }

    static async Task<string?> ReadLine(Process process)
    {
        using var timer = new CancellationTokenSource(Patience);
        try
        {
            return (await process.StandardOutput.ReadLineAsync(timer.Token))?.TrimEnd('\r');
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} has said nothing for {Patience}");
        }
    }
}
