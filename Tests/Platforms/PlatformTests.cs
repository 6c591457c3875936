namespace ProfilerWeaver.Tests.Platforms;

/// <summary>
/// A program that counts its own calls runs on each platform and in each form: it is killed; the live file has all calls;
/// the next run recovers them, and runs to its end. <c>.ci/run</c> makes a table of the names of these tests.
/// </summary>
[Category("Platforms")]
public sealed class PlatformTests
{
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
           // Wine 8 loads no assembly out of a single file, woven or not.
           where platform != Platform.Windows || form != Form.SingleFile
           select (platform, form),
        (Platform.MuslLinux, Form.CpuClock), (Platform.Arm64, Form.CpuClock),
    ];

    static IEnumerable<TestCaseData> Cases =>
        Usual.Concat(Environment.GetEnvironmentVariable("PROFILERWEAVER_PLATFORMS") == "all" ? More : [])
            .Select(item => new TestCaseData(item.Item1, item.Item2).SetArgDisplayNames(item.Item1.Name, item.Item2.Name));

    static IEnumerable<TestCaseData> LongNames =>
    [
        new TestCaseData(Platform.Linux, new[] { 249, 251, 253, 255 }).SetArgDisplayNames(Platform.Linux.Name, "names of 249 to 255 bytes"),
        new TestCaseData(Platform.Windows, new[] { 255 }).SetArgDisplayNames(Platform.Windows.Name, "names of 249 to 255 bytes"),
    ];

    [TestCaseSource(nameof(Cases))]
    public async Task Counts_are_exact(object platform, object form) => await CheckCounts((Platform)platform, (Form)form);

    [TestCaseSource(nameof(LongNames))]
    public async Task P5_A_profile_may_have_the_longest_name_there_is(object platform, int[] lengths)
    {
        var program = TallyProgram.Publish((Platform)platform, Form.Plain);
        using var temporary = new TemporaryFolder();
        foreach (var length in lengths)
        {
            var form = Form.Plain with { OutputName = new string('n', length - ".prof".Length) + ".prof" };
            using var running = program.Start((Platform)platform, form, temporary.Location, "own", "end");
            var (exitCode, _, said) = await running.End();
            Assert.That(exitCode, Is.EqualTo(5), said);
            new OwnCounts(temporary.File("own")).Check(temporary.File(form.OutputName), threads: 0, isWall: true);
            // Its live file has five more.
            Assert.That(Complaints(said), length > 250 ? Has.One.Contains("is kept in memory") : Is.Empty);
        }
    }

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
            await killed.WaitFor("spinning");
            killed.Kill();
            Assert.That((await killed.End()).Errors, Does.Not.Contain("ProfilerWeaver:"));
        }
        // Main's, and that of another thread.
        new OwnCounts(Path.Combine(folder, "killed")).Check(output + ".live", threads: 2, isWall: false);

        using var next = program.Start(platform, form, folder, "ended", "end");
        var (exitCode, _, said) = await next.End();
        Assert.That(exitCode, Is.EqualTo(5), said);
        var recovered = Directory.GetFiles(folder, "*.prof").Single(path => path != output);
        Assert.That(Complaints(said), Has.One.Contains(Path.GetFileName(recovered)), said);
        new OwnCounts(Path.Combine(folder, "killed")).Check(recovered, threads: 2, isWall: false);
        new OwnCounts(Path.Combine(folder, "ended")).Check(output, threads: 0, isWall);
        Assert.That(Directory.GetFiles(folder, "*.live"), Is.Empty);
        if (platform == Platform.Arm64WithCounter)
            Assert.That(ClockOf(output), Is.EqualTo("wall (virtual counter)"));
        // P2: Windows has a clock of processor time of its own. The counts above are those that it was used for.
        if (!isWall)
            Assert.That(ClockOf(output), Is.EqualTo(Clock.ThreadCpu.Name));
        // P3: Wine counts at 10 MHz whatever the system below it keeps time by.
        else if (platform == Platform.Windows)
            Assert.That(ClockOf(output), Is.EqualTo("wall (stopwatch)"));
    }

    static string ClockOf(string profile) => ProfFile.Read(profile).Recording!.Clock;

    static IEnumerable<string> Complaints(string errors) =>
        errors.Split('\n').Where(line => line.StartsWith("ProfilerWeaver:", StringComparison.Ordinal));
}
