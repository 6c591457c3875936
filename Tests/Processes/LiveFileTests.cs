using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.Versioning;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>What a process has recorded when something ends it at once is in its live file, and every reader of ours
/// opens it.</summary>
public class LiveFileTests : ProcessTest
{
    static readonly string[] KilledWork = [.. FirstWork, "Ending.Kill 1/1 < Program.Main 1/1"];

    string DefaultLive => DefaultProfile + ".live";

    [Test]
    public async Task A_killed_process_leaves_all_its_calls_with_the_open_ones_marked()
    {
        await RunUndisturbed(Start("KillDeep"));

        ExpectLive(DefaultLive, interruptedCalls: 6,
            [.. FirstWork, "Ending.KillDeep 4/1 < Ending.KillDeep 3/1, Program.Main 1/1",
                "Ending.Kill 1/1 < Ending.KillDeep 1/1"]);
        Assert.That(File.Exists(DefaultProfile), Is.False);
    }

    [Test]
    public async Task A_killed_process_leaves_what_it_resumed_where_it_was_called()
    {
        await RunUndisturbed(Start("KillAwaiting"));

        var stats = new Stats(DefaultLive);
        var killed = stats.Contexts.Single(context => context.Name.EndsWith("Ending.Kill", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(killed.ToString().Replace("Scenarios.", "", StringComparison.Ordinal),
                Is.EqualTo("Program.Main > Ending.KillAwaiting > Ending.Await > Ending.Kill"));
            var awaiting = killed.Caller!.Figures;
            Assert.That((awaiting.Calls, awaiting.Resumes, awaiting.OpenCalls), Is.EqualTo((1, 1, 1)));
            Assert.That(awaiting.ElapsedTime, Is.GreaterThanOrEqualTo(awaiting.WaitingTime).And.GreaterThan(0));
            Assert.That(stats["Work.Do"].Calls, Is.EqualTo(2));
        }
    }

    // So little memory that no thread gets a tree.
    [Test]
    public async Task W7_A_killed_process_leaves_its_truncated_calls_with_the_open_ones_marked()
    {
        await RunUndisturbed(Start("KillDeep") with { Environment = NoRoom });

        ExpectLive(DefaultLive, interruptedCalls: 6,
            [.. FirstWork, "Ending.KillDeep 4/1 < Ending.KillDeep 3/1, Program.Main 1/1",
                "Ending.Kill 1/1 < Ending.KillDeep 1/1"]);
        var thread = ProfFile.Read(DefaultLive).Recording!.Threads.Single();
        Assert.That(thread.Root.Children, Is.Empty);
        Assert.That(thread.Truncated, Is.Not.Null);
    }

    [Test]
    public async Task FailFast_leaves_all_calls()
    {
        await RunUndisturbed(Start("FailFast"));

        ExpectLive(DefaultLive, interruptedCalls: 2, [.. FirstWork, "Ending.FailFast 1/1 < Program.Main 1/1"]);
    }

    [Test]
    public async Task A_stack_overflow_leaves_all_calls()
    {
        await Run(Start("OverflowStack") with { Environment = CompiledOnce });

        var rows = CallCounts.Of(new Stats(DefaultLive));
        Assert.That(rows, Is.SupersetOf(FirstWork));
        var overflowing = new Stats(DefaultLive)["Ending.OverflowStack"];
        Assert.That(overflowing.Calls, Is.GreaterThan(1000));
        Assert.That(overflowing.PrimitiveCalls, Is.EqualTo(1));
        Assert.That(ProfFile.Read(DefaultLive).Recording!.InterruptedCalls, Is.EqualTo(overflowing.Calls + 1));
    }

    // In this range it is sometimes while memory is added that the stack ends. What ends while it has a lock that .NET needs,
    // such as malloc's, hangs. Where a stack begins is random.
    [Test]
    [Platform("Linux")]
    public async Task A_stack_that_overflows_while_the_recording_grows_ends_the_process()
    {
        for (var i = 0; i < 48; i++)
        {
            var kilobytes = 256 + 4 * (i % 4);
            await Run(Start("OverflowStack") with
            {
                Environment = CompiledOnce,
                Shell = $"ulimit -s {kilobytes}; exec \"$@\"",
            });
            Assert.That(new Stats(DefaultLive)["Ending.OverflowStack"].Calls, Is.GreaterThan(1000));
            File.Delete(DefaultLive);
        }
    }

    [Test]
    public async Task What_was_recorded_before_a_pause_is_not_lost()
    {
        await Run(Start("DisableAndKill"));

        ExpectLive(DefaultLive, interruptedCalls: 1,
        [
            "Program.Main 1/1",
            "Work.Do 1/1 < Program.Main 1/1",
            "Work.Step 5/5 < Work.Do 3/3",
            "Work.Leaf 10/10 < Work.Step 10/10",
            "Profiling.DisableAndKill 1/1 < Program.Main 1/1",
            "Profiling.Disable 1/1 < Profiling.DisableAndKill 1/1",
            "Ending.Kill 1/1",
        ]);
    }

    [Test]
    public async Task The_live_file_of_a_running_process_is_read()
    {
        var running = WovenProgram.With(Woven).Begin(Start("Wait"));
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("waits"));

        ExpectLive(DefaultLive, interruptedCalls: 2, [.. FirstWork, "Surroundings.WaitForInput 1/1 < Program.Main 1/1"]);
        Assert.That(() => ProfileRecovery.Recover(DefaultLive),
            Throws.TypeOf<IOException>().With.Message.Contains(DefaultLive).And.Message.Contains("still running"));

        var result = await running.End();
        Assert.That(result.Errors, Is.Empty);
        ExpectProfile(DefaultProfile, [.. FirstWork, "Surroundings.WaitForInput 1/1 < Program.Main 1/1"]);
    }

    // What is cut off under its mapping ends the process.
    [UnsupportedOSPlatform("windows")]
    [Platform("Unix,Linux,MacOsX")]
    [TestCase("app.prof")]
    [TestCase("\u00E4pp.prof")]
    public async Task H4_The_live_file_of_a_running_process_is_write_protected(string output)
    {
        var running = WovenProgram.With(Woven).Begin(Start("Wait") with { Environment = Output(output) });
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("waits"));

        Assert.That(File.GetUnixFileMode(PathOf(output + ".live")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead));

        await running.End();
        ExpectProfile(PathOf(output), [.. FirstWork, "Surroundings.WaitForInput 1/1 < Program.Main 1/1"]);
    }

    // Root may write to every file.
    [Test]
    [Platform("Linux")]
    public async Task H4_An_ordinary_user_cannot_cut_the_live_file_off_and_recovers_it()
    {
        const string AsNobody = """
            as=; if [ "$(id -u)" = 0 ]; then chmod 777 .; as='setpriv --reuid=65534 --regid=65534 --clear-groups'; fi
            $as sh -c 'if [ -e CUT ]; then truncate -s 0 CUT 2>refusal && exit 99; fi; exec "$@"' sh "$@"
            """;
        var shell = AsNobody.Replace("CUT", DefaultName + ".live", StringComparison.Ordinal);
        var environment = new Dictionary<string, string> { ["HOME"] = Folder };
        await Run(Start("Kill") with { Shell = shell, Environment = environment });

        await Run(Start("Return", "0") with { Shell = shell, Environment = environment }, complaints: 1);

        Assert.That(File.ReadAllText(PathOf("refusal")), Does.Contain(DefaultName));
        ExpectProfile(DefaultProfile, FirstWork);
        ExpectProfile(Directory.GetFiles(Folder, "*.prof").Single(file => file != DefaultProfile), KilledWork);
    }

    [Test]
    public async Task H8_What_the_disk_had_no_room_for_is_not_taken_for_damage()
    {
        await RunUndisturbed(Start("KillDeep"));
        var file = File.ReadAllBytes(DefaultLive);
        LoseModules(file);
        File.WriteAllBytes(PathOf("full.live"), file);

        Assert.That(() => ProfFile.Read(PathOf("full.live")),
            Throws.TypeOf<InvalidProfileException>().With.Message.Contains("the disk was full"));
    }

    [Test]
    public async Task A_profile_that_is_asked_for_in_vain_is_found_in_the_live_file()
    {
        await RunUndisturbed(Start("Kill"));

        Assert.That(() => new Stats(DefaultProfile),
            Throws.TypeOf<FileNotFoundException>().With.Message.Contains(DefaultLive).And.Message.Contains("killed"));
    }

    [Test]
    public async Task The_next_run_makes_a_profile_of_it()
    {
        var killed = await RunUndisturbed(Start("Kill"));

        var next = await RunUndisturbed(Start("Return", "0"), complaints: 1);

        var recovered = PathOf($"Scenarios.Endings-{killed.ProcessId}.prof");
        Assert.That(next.Complaints.Single(), Does.Contain(recovered));
        ExpectProfile(recovered, KilledWork);
        ExpectProfile(DefaultProfile, FirstWork);
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task The_next_run_destroys_no_profile_of_the_same_number()
    {
        var killed = await RunUndisturbed(Start("Kill"));
        var taken = PathOf($"Scenarios.Endings-{killed.ProcessId}.prof");
        File.WriteAllText(taken, "older");

        await RunUndisturbed(Start("Return", "0"), complaints: 1);

        Assert.That(File.ReadAllText(taken), Is.EqualTo("older"));
        ExpectProfile(PathOf($"Scenarios.Endings-{killed.ProcessId}-2.prof"), KilledWork);
    }

    [Test]
    public async Task The_next_run_goes_on_beside_a_damaged_one()
    {
        await RunUndisturbed(Start("Kill"));
        File.SetAttributes(DefaultLive, FileAttributes.Normal);
        using (var file = File.OpenWrite(DefaultLive))
            file.SetLength(1 << 16);

        var next = await RunUndisturbed(Start("Return", "0"), complaints: 1);

        Assert.That(next.Complaints.Single(), Does.Contain("could not be turned into a profile"));
        ExpectProfile(DefaultProfile, FirstWork);
    }

    [Test]
    public async Task What_is_no_live_file_is_left_alone()
    {
        File.WriteAllText(DefaultLive, "mine");

        var result = await RunUndisturbed(Start("Return", "0"), complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain(DefaultLive).And.Contain("was not written by ProfilerWeaver"));
        Assert.That(File.ReadAllText(DefaultLive), Is.EqualTo("mine"));
        Assert.That(CallCounts.In(DefaultProfile), Is.EquivalentTo(FirstWork));
    }

    [TestCase("")]
    [TestCase("target")]
    [Platform("Linux, MacOSX")]
    public async Task R4_A_link_in_the_place_of_the_live_file_is_not_followed(string existing)
    {
        if (existing.Length > 0)
            File.WriteAllText(PathOf(existing), "");
        File.CreateSymbolicLink(DefaultLive, "target");

        var result = await Run(Start("Return", "0"), complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("is a symbolic link").And.Contain("kept in memory"));
        Assert.That(CallCounts.In(DefaultProfile), Is.EquivalentTo(FirstWork));
        Assert.That(new FileInfo(DefaultLive).LinkTarget, Is.EqualTo("target"));
        Assert.That(Directory.GetFiles(Folder, "target").Select(file => new FileInfo(file).Length), Is.All.Zero);
        Assert.That(Directory.GetFiles(Folder, "target"), Has.Length.EqualTo(existing.Length > 0 ? 1 : 0));
    }

    // Root may write to every file.
    [Test]
    [Platform("Linux")]
    public async Task R4_A_foreign_file_in_the_place_of_the_live_file_keeps_its_mode()
    {
        var result = await Run(Start("Return", "0") with
        {
            Shell = """
                as=; if [ "$(id -u)" = 0 ]; then chmod 777 .; as='setpriv --reuid=65534 --regid=65534 --clear-groups'; fi
                $as sh -c 'echo mine > LIVE; chmod 440 LIVE; exec "$@"' sh "$@"
                """.Replace("LIVE", DefaultName + ".live", StringComparison.Ordinal),
            Environment = new Dictionary<string, string> { ["HOME"] = Folder },
        }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("was not written by ProfilerWeaver"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(DefaultLive), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.GroupRead));
        Assert.That(CallCounts.In(DefaultProfile), Is.EquivalentTo(FirstWork));
    }

    [Test]
    public async Task H8_What_a_killed_process_had_begun_to_write_goes_when_it_is_recovered([Values] bool byNextRun)
    {
        var killed = await RunUndisturbed(Start("Kill"));
        File.WriteAllText(PathOf($"{Path.GetFileNameWithoutExtension(DefaultName)}-{killed.ProcessId}-abcd.tmp"), "half");

        if (byNextRun)
            await RunUndisturbed(Start("Return", "0"), complaints: 1);
        else
            ProfileRecovery.Recover(DefaultLive);

        ExpectProfile(DefaultProfile, byNextRun ? FirstWork : KilledWork);
    }

    [Test]
    public async Task Recovery_writes_beside_or_where_it_is_told()
    {
        var first = await RunUndisturbed(Start("Kill"));
        File.Copy(DefaultLive, PathOf("copy.live"));

        Assert.That(ProfileRecovery.Recover(DefaultLive), Is.EqualTo(DefaultProfile));
        ExpectProfile(DefaultProfile, KilledWork);
        Assert.That(ProfFile.Read(DefaultProfile).Recording!.InterruptedCalls, Is.EqualTo(2));

        File.Move(PathOf("copy.live"), DefaultLive);
        Assert.That(ProfileRecovery.Recover(DefaultLive), Is.EqualTo(PathOf($"Scenarios.Endings-{first.ProcessId}.prof")));

        await RunUndisturbed(Start("Kill"));
        Assert.That(ProfileRecovery.Recover(DefaultLive, PathOf("here.prof")), Is.EqualTo(PathOf("here.prof")));
        ExpectProfile(PathOf("here.prof"), KilledWork);
        Assert.That(File.Exists(DefaultLive), Is.False);
    }

    [Test]
    public async Task A_damaged_file_is_refused_with_a_reason_or_read_but_does_no_harm()
    {
        await RunUndisturbed(Start("KillDeep"));
        var sound = File.ReadAllBytes(DefaultLive);
        var used = Array.FindLastIndex(sound, value => value != 0) + 1;
        var random = new Random(20261122);
        var refused = 0;
        var damaged = PathOf("damaged.live");
        for (var i = 0; i < 400; i++)
        {
            var copy = sound.AsSpan(0, i % 10 == 0 ? random.Next(sound.Length) : sound.Length).ToArray();
            for (var j = random.Next(1, 4); j > 0 && copy.Length > used; j--)
                Damage(copy, NonZeroWord(sound, used, random), used, random);
            File.WriteAllBytes(damaged, copy);
            try
            {
                var content = ProfFile.Read(damaged);
                Assert.That(content.Rows, Is.Not.Null);
            }
            catch (InvalidProfileException e)
            {
                Assert.That(e.File, Is.EqualTo(damaged));
                refused++;
            }
        }
        Assert.That(refused, Is.InRange(100, 399));
    }

    // As if the tables of methods lay in private memory.
    static unsafe void LoseModules(byte[] file)
    {
        fixed (byte* start = file)
        {
            var header = (LiveHeader*)start;
            header->IsIncomplete = true;
            var chunk = *(LiveChunk*)(start + LiveHeader.Size);
            var registry = (Registry*)(start + chunk.Offset + ((long)header->Registry - (long)chunk.Address));
            for (var module = registry->Modules; module != null;)
            {
                var entry = (ModuleEntry*)(start + chunk.Offset + ((long)module - (long)chunk.Address));
                entry->Table = null;
                module = entry->Next;
            }
        }
    }

    static Dictionary<string, string> Output(string value) => new() { ["PROFILERWEAVER_OUTPUT"] = value };

    // A word that means something; or now and then any.
    static int NonZeroWord(byte[] file, int used, Random random)
    {
        while (true)
        {
            var position = random.Next(used / 8) * 8;
            if (BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(position)) != 0 || random.Next(100) == 0)
                return position;
        }
    }

    // Another word of the file makes addresses that are valid and wrong.
    static void Damage(byte[] file, int position, int used, Random random)
    {
        var word = file.AsSpan(position, 8);
        switch (random.Next(4))
        {
            case 0: BinaryPrimitives.WriteInt64LittleEndian(word, random.NextInt64(long.MinValue, long.MaxValue)); break;
            case 1: file.AsSpan(NonZeroWord(file, used, random), 8).CopyTo(word); break;
            case 2: word[random.Next(8)] ^= (byte)(1 << random.Next(8)); break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(word,
                BinaryPrimitives.ReadInt64LittleEndian(word) + 64 * random.Next(-8, 9)); break;
        }
    }

    static void ExpectLive(string path, int interruptedCalls, string[] rows)
    {
        var content = ProfFile.Read(path);
        Assert.That(CallCounts.Of(content.Rows), Is.EquivalentTo(rows));
        Assert.That(content.Recording!.InterruptedCalls, Is.EqualTo(interruptedCalls));
        Assert.That(content.Recording.Program, Is.EqualTo("Scenarios.Endings"));
        var total = content.Rows.Single(row => row.Label.Name.EndsWith(".Main", StringComparison.Ordinal)).Figures;
        Assert.That(total.CumulativeTime, Is.InRange(1e-6, 60).And.LessThanOrEqualTo(
            content.Recording.Duration.TotalSeconds + 0.01), total.ToString());
        Assert.That(content.Rows.Sum(row => row.Figures.TotalTime),
            Is.EqualTo(content.Rows.Where(row => row.Callers.Count == 0).Sum(row => row.Figures.CumulativeTime))
                .Within(1).Percent, total.CumulativeTime.ToString(CultureInfo.InvariantCulture));
    }
}
