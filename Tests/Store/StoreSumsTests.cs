using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Store;

/// <summary>What SQL adds up over a store is what <c>dotnet prof merge</c> has for the same files.</summary>
public sealed class StoreSumsTests : IDisposable
{
    const string SumsOfFigures = """
        sum(calls) as a, sum(resumes) as b, sum(self_ns) as c, sum(total_ns) as d, sum(elapsed_ns) as e, sum(waiting_ns) as f,
        coalesce(max(slowest_ns), 0) as g, sum(open_calls) as h, sum(samples) as i, sum(profiles) as j, min(fewest_calls) as k, max(most_calls) as l
        """;

    readonly StoreTool tool = new();

    public void Dispose() => tool.Dispose();

    [Test]
    public async Task Sums_are_those_of_a_merge()
    {
        // Processes with times of their own; everything that async methods have; recursion, threads and odd names; what was merged.
        List<string> files = [];
        foreach (var scenario in (string[][])[["Return", "0"], ["ExitOnAThread"], ["WorkOnThreads", "4"]])
            files.Add(await RunWoven(files.Count, scenario));
        foreach (var scenario in new[] { "Suspends", "TenAtOnce", "Recursion" })
            files.Add(Write(scenario, WovenAssembly.CSharp("Release").Profile("Scenarios.AsyncTrees", scenario)));
        files.AddRange(Enumerable.Range(1, 4).Select(seed => Write($"{seed}", RandomProfiles.Recording(seed))));
        files.Add(Write("truncated", WithTruncated(RandomProfiles.Recording(5))));
        var merged = tool["merged.prof"];
        Profiles.Merge(files, merged);
        var part = tool["part.prof"];
        Profiles.Merge(files.Take(2).Concat(files.TakeLast(2)), part);

        var profile = ProfFile.Read(merged).Recording!;
        Compare(tool, [part, .. files.Skip(2).SkipLast(2)], profile, files.Count);
        using var server = new S3Server();
        using var atS3 = new StoreTool(server);
        Compare(atS3, [part, .. files.Skip(2).SkipLast(2)], profile, files.Count);
    }

    // In two additions, which become one.
    static void Compare(StoreTool tool, string[] files, ProfileData profile, int count)
    {
        tool.Add(files[..^2]);
        tool.Add(files[^2..]);
        tool.Run("compact", "--store", tool.Store);

        Assert.That(tool.Query($"select file, line, name, method_hash, {SumsOfFigures}, sum(primitive_calls) as m from methods group by file, line, name, method_hash"),
            Is.EquivalentTo(Methods(profile)));
        Assert.That(tool.Query($"select path_hash, {SumsOfFigures}, sum(recursive_calls) as m, sum(truncated_calls) as n from contexts group by path_hash"),
            Is.EquivalentTo(Contexts(profile)));
        Assert.That(ClickHouse.Query(tool.Address, $"select file, line, name, lower(hex(method_hash)), {SumsOfFigures}, sum(primitive_calls) as m from methods group by file, line, name, method_hash"),
            Is.EquivalentTo(Methods(profile)));
        Assert.That(ClickHouse.Query(tool.Address, $"select lower(hex(path_hash)), {SumsOfFigures}, sum(recursive_calls) as m, sum(truncated_calls) as n from contexts group by path_hash"),
            Is.EquivalentTo(Contexts(profile)));
        Assert.That(tool.Query("select sum(profiles), sum(duration_ns) from profiles"),
            Is.EqualTo(new[] { FormattableString.Invariant($"{count} {profile.Duration.Ticks * 100}") }));
        Assert.That(tool.Query("select count(*) from contexts c left join contexts p on p.profile_id = c.profile_id and p.path_hash = c.parent_hash " +
            "where c.depth <> coalesce(p.depth + 1, 0) or (c.parent_hash is null) <> (c.depth = 0)"), Is.EqualTo(new[] { "0" }));
    }

    async Task<string> RunWoven(int number, string[] arguments)
    {
        var output = tool[$"woven{number}.prof"];
        var result = await WovenProgram.With(new()).Run(new(Path.GetDirectoryName(output)!, arguments)
        {
            Environment = new Dictionary<string, string> { ["PROFILERWEAVER_OUTPUT"] = output },
        });
        Assert.That(output, Does.Exist, result.Errors);
        return output;
    }

    // As if all had the same clock.
    string Write(string name, ProfileData profile) => tool.Write($"{name}.prof", profile with { Clock = "wall (stopwatch)" });

    static ProfileData WithTruncated(ProfileData profile)
    {
        var truncated = new CallTreeBuilder();
        truncated.Enter(0, calls: 3, selfTicks: 5, cumulativeTicks: 7);
        truncated.Leave();
        return profile with { Threads = [profile.Threads[0] with { Truncated = truncated.Build() }] };
    }

    static IEnumerable<string> Methods(ProfileData merged) => FlatProfile.From(merged with { SecondsPerTick = 1 }).Select(row =>
    {
        var figures = row.Figures;
        return FormattableString.Invariant($"""
            {row.Label.File} {row.Label.Line} {row.Label.Name} {Hex(HashOf(row.Label))} {row.Calls} {row.Resumes} {row.TotalTime} {row.CumulativeTime} {row.ElapsedTime} {row.WaitingTime} {row.SlowestTime} {figures.OpenCalls} {row.Samples} {figures.Profiles} {figures.FewestCalls} {figures.MostCalls} {row.PrimitiveCalls}
            """);
    });

    static List<string> Contexts(ProfileData merged)
    {
        var rows = new List<string>();
        var tree = merged.Threads.Single().Tree;
        Add(tree.Root.Children, new byte[16]);
        return rows;

        void Add(CallNodeChildren contexts, byte[] caller)
        {
            foreach (var context in contexts)
            {
                var hash = SHA256.HashData([.. caller, .. HashOf(merged.Methods[context.Method])])[..16];
                var figures = tree.Columns.FiguresOf(context.Index);
                var occurrence = figures.SpelledOccurrence;
                rows.Add(FormattableString.Invariant($"""
                    {Hex(hash)} {figures.Calls} {figures.Resumes} {figures.SelfTicks} {figures.CumulativeTicks} {figures.Async.ElapsedTicks} {figures.Async.WaitingTicks} {Math.Max(0, figures.SlowestTicks)} {figures.Async.OpenCalls} {figures.Samples} {occurrence.Profiles} {occurrence.FewestCalls} {occurrence.MostCalls} {figures.RecursiveCalls} {figures.TruncatedCalls}
                    """));
                Add(context.Children, hash);
            }
        }
    }

    // As docs/store.md says it.
    static byte[] HashOf(MethodLabel label)
    {
        var content = new MemoryStream();
        Write(label.File);
        Write(label.Name);
        Number(label.Line);
        return SHA256.HashData(content.ToArray())[..16];

        void Write(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number(bytes.Length);
            content.Write(bytes);
        }

        void Number(int number)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            content.Write(bytes);
        }
    }

    static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
