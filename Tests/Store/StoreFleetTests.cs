using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Tests.Store;

/// <summary>A hundred pods write a profile each minute, and every five minutes these are added: what docs/store.md says of memory, files and
/// bytes holds. The environment variable PROFILERWEAVER_FLEET_HOURS sets for how long; the long form is 72.</summary>
public sealed class StoreFleetTests
{
    const int Pods = 100;
    const int Minutes = 5;
    const int Together = 8;

    // As docs/store.md has them.
    const long MostMemory = 1L << 30;
    const int MostBytesOfRow = 16;
    const int LargeBytes = 128 << 20;

    static readonly int Hours = int.Parse(Environment.GetEnvironmentVariable("PROFILERWEAVER_FLEET_HOURS") ?? "1", CultureInfo.InvariantCulture);

    [Test]
    public async Task Memory_files_and_bytes_stay_within_what_the_page_says()
    {
        using var tool = new StoreTool();
        var fleet = new Fleet(await Fleet.RunOne(), Pods);
        var (start, additions) = (new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), Hours * 60 / Minutes);
        var (adding, mostFiles) = (new Stopwatch(), 0);
        var next = Batch(0);
        for (var i = 0; i < additions; i++)
        {
            var folder = await next;
            next = i + 1 < additions ? Batch(i + 1) : next;
            adding.Start();
            Assert.That(tool.Add(folder), Does.Contain($"added {Pods * Minutes} of {Pods * Minutes} profiles."));
            adding.Stop();
            Directory.Delete(folder, recursive: true);
            mostFiles = Math.Max(mostFiles, Files(tool).Length);
            if (i % 100 == 99)
                await TestContext.Progress.WriteLineAsync($"{i + 1} of {additions} additions: {adding.Elapsed}, {tool.PeakMemory >> 20} MiB, {Files(tool).Length} files, {Bytes(tool) >> 20} MiB");
        }
        var profiles = (long)Pods * Minutes * additions;
        var days = (int)Math.Ceiling(Hours / 24.0);
        var additionsOfDay = Math.Min(additions, 24 * 60 / Minutes);
        var levels = (int)Math.Floor(Math.Log(additionsOfDay, Together)) + 1;
        var (files, bytes, memory) = (Files(tool).Length, Bytes(tool), tool.PeakMemory);

        var asking = Stopwatch.StartNew();
        Assert.That(tool.Ask("rows", "-n", "1"), Has.Length.EqualTo(1));
        asking.Stop();
        var asked = tool.PeakMemory;
        Assert.That(tool.Query("select count(*), count(distinct profile_id) from profiles"), Is.EqualTo(new[] { $"{profiles} {profiles}" }));
        var rows = long.Parse(tool.Query("select (select count(*) from contexts) + (select count(*) from methods)").Single(), CultureInfo.InvariantCulture);
        await TestContext.Progress.WriteLineAsync(FormattableString.Invariant($"""
            {profiles} profiles, {rows} rows, {additions} additions, {adding.Elapsed.TotalSeconds:f0} s ({adding.Elapsed.TotalMilliseconds / profiles:f2} ms a profile); memory {memory >> 20} MiB;
            at most {mostFiles} files, in the end {files}; {bytes >> 20} MiB: {(double)bytes / profiles:f0} bytes a profile, {(double)bytes / rows:f1} a row; rows: {asking.Elapsed.TotalSeconds:f1} s, {asked >> 20} MiB
            """));

        Assert.That(tool.Query("select sum(calls) from contexts"), Is.EqualTo(new[] { fleet.Calls.ToString(CultureInfo.InvariantCulture) }));
        Assert.That(memory, Is.LessThan(MostMemory));
        Assert.That(mostFiles, Is.LessThanOrEqualTo(days * (3 * (Together - 1) * levels + 3 * (bytes / days / LargeBytes)) + 2));
        Assert.That(bytes, Is.LessThan(rows * MostBytesOfRow));
        tool.Run("compact", "--store", tool.Store);
        Assert.That(Files(tool), Has.Length.LessThanOrEqualTo(3 * days * (1 + bytes / days / LargeBytes) + 2));
        Assert.That(tool.Query("select sum(calls) from contexts"), Is.EqualTo(new[] { fleet.Calls.ToString(CultureInfo.InvariantCulture) }));
        await TestContext.Progress.WriteLineAsync($"compacted: {Files(tool).Length} files, {Bytes(tool) >> 20} MiB, memory {tool.PeakMemory >> 20} MiB");

        Task<string> Batch(int number) => Task.Run(() =>
        {
            var folder = tool[$"batch{number}"];
            fleet.Write(folder, start.AddMinutes(number * Minutes), Minutes);
            return folder;
        });
    }

    static FileInfo[] Files(StoreTool tool) => new DirectoryInfo(tool.Store).GetFiles("*", SearchOption.AllDirectories);

    static long Bytes(StoreTool tool) => Files(tool).Sum(file => file.Length);
}
