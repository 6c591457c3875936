using System.Net.Http;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Store;

/// <summary>Pods of Samples/WebShop that write a profile each minute: the contexts of a real one, with other figures each time, in a time
/// that is made up.</summary>
/// <param name="template">The real one.</param>
/// <param name="pods">How many they are.</param>
sealed class Fleet(ProfileData template, int pods)
{
    static readonly string Program = Path.Combine(PackageFeed.Repository, "Samples", "WebShop", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "WebShop.dll");

    long calls;

    /// <summary>The calls in all contexts so far.</summary>
    public long Calls => calls;

    /// <summary>Runs the service, woven as in production, and asks it for all that it has.</summary>
    public static async Task<ProfileData> RunOne()
    {
        using var tool = new ProfTool();
        using var running = tool.Begin(["--no-builtins", "-o", "shop.prof", Program, "--urls", "http://127.0.0.1:0"]);
        var line = running.WaitFor("Now listening on:");
        using var client = new HttpClient { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..]) };
        for (var i = 1; i <= 10; i++)
        {
            foreach (var path in (string[])["/products", $"/products/{i}", $"/orders/{i}", $"/orders/{i}/quote"])
                await client.GetStringAsync(new Uri(path, UriKind.Relative));
            using var answer = await client.PostAsync(new Uri($"/products/{i}/order", UriKind.Relative), content: null);
        }
        running.Signal("TERM");
        Assert.That(running.End().Errors, Does.EndWith(tool.Saved("shop.prof")));
        return ProfFile.Read(tool["shop.prof"]).Recording!;
    }

    /// <summary>Writes what the pods write in some minutes.</summary>
    public void Write(string folder, DateTime start, int minutes)
    {
        Directory.CreateDirectory(folder);
        for (var minute = 0; minute < minutes; minute++)
        {
            for (var pod = 0; pod < pods; pod++)
            {
                var time = start.AddMinutes(minute);
                using var file = File.Create(Path.Combine(folder, $"pod{pod}-{time:yyyyMMddHHmm}.prof"));
                ProfFile.Write(One(pod, time), file);
            }
        }
    }

    ProfileData One(int pod, DateTime time)
    {
        var random = new Random(pod + 1000 * (int)(time - DateTime.UnixEpoch).TotalMinutes);
        // Those that are called this time, with their numbers.
        var methods = new Dictionary<int, int>();
        var threads = template.Threads.Select(thread =>
        {
            var tree = new CallTreeColumns(thread.Tree.Count, derivesTotals: true);
            var variation = new Variation(tree, methods, random);
            thread.Tree.Visit(variation);
            Interlocked.Add(ref calls, variation.Calls);
            return thread with { Tree = tree.Build(), Truncated = null };
        }).ToArray();
        return template with
        {
            Methods = [.. methods.Keys.Select(method => template.Methods[method])],
            Threads = threads,
            StartedUtc = time,
            Duration = TimeSpan.FromMinutes(1),
            Environment = [.. template.Environment.Where(fact => fact.Key != "machine"), new("machine", $"shop-{pod}")],
        };
    }

    // Each context has its own load, and some of them nothing to do this time.
    sealed class Variation(CallTreeColumns target, Dictionary<int, int> methods, Random random) : ContextSink
    {
        int depth;
        int skipped;

        public long Calls { get; private set; }

        public override void Enter(int method, in ContextFigures figures)
        {
            if (skipped > 0 || (depth > 1 && random.Next(50) == 0))
            {
                skipped++;
                return;
            }
            depth++;
            var load = 0.5 + random.NextDouble();
            var calls = figures.Calls == 0 ? 0 : Math.Max(1, (long)(figures.Calls * load));
            Calls += calls;
            if (method >= 0)
                methods.TryAdd(method, methods.Count);
            target.Enter(method < 0 ? method : methods[method], new()
            {
                Calls = calls,
                Resumes = (long)(figures.Resumes * load),
                SelfTicks = (long)(figures.SelfTicks * load * (0.8 + 0.4 * random.NextDouble())),
                SlowestTicks = (long)(figures.SlowestTicks * load),
            });
        }

        public override void Leave()
        {
            if (skipped > 0)
            {
                skipped--;
                return;
            }
            depth--;
            target.Leave();
        }
    }
}
