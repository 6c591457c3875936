using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.RegularExpressions;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Async programs, whose every context, count and tick is known by construction: as they were written, and by
/// thread.</summary>
[NonParallelizable]
public class AsyncTreesTests
{
    static readonly string[] Programs =
    [
        "CompletesAtOnce", "Suspends", "ChainOfFive", "TenAtOnce", "Streams", "Exceptions", "Cancellation", "FireAndForget", "Recursion",
        "Generics", "ValueTaskSources", "PooledBuilders", "Pump", "EndedThread",
    ];

    // Neither language has a way to name another builder.
    static readonly string[] OtherPrograms =
    [
        "CompletesAtOnce", "Suspends", "ChainOfFive", "TenAtOnce", "Exceptions", "Generics", "Cancellation", "Recursion", "Iterators",
        "FireAndForget", "Streams", "ValueTaskSources", "Pump",
    ];

    [Test]
    public void The_tree_is_that_of_the_source(
        [Values("Debug", "Release")] string configuration, [Values] bool builtins) =>
        ExpectListing("AsyncTrees.txt", WovenAssembly.CSharp(configuration), Programs, builtins);

    [Test]
    public void The_tree_is_that_of_the_source_in_FSharp(
        [Values("Debug", "Release")] string configuration, [Values] bool builtins) =>
        ExpectListing($"AsyncTrees.FSharp.{configuration}.txt", WovenAssembly.FSharp(configuration), OtherPrograms, builtins);

    [Test]
    public void The_tree_is_that_of_the_source_in_Visual_Basic(
        [Values("Debug", "Release")] string configuration, [Values] bool builtins) =>
        ExpectListing("AsyncTrees.VisualBasic.txt", WovenAssembly.VisualBasic(configuration), OtherPrograms, builtins);

    static void ExpectListing(string listing, WovenAssembly scenarios, string[] programs, bool builtins)
    {
        var text = new StringBuilder();
        foreach (var program in programs)
        {
            var profile = Record(scenarios, program, builtins);
            text.Append($"# {program}\n{FullTextOf(profile)}");
            // With external methods between, one method may be called in several places.
            if (!builtins)
                text.Append($"## by thread\n{FullTextOf(profile.ByThread())}");
            text.Append('\n');
        }
        var path = Path.Combine(SourceFolder(), "..", "Golden", listing);
        if (Environment.GetEnvironmentVariable("PROFILERWEAVER_ACCEPT_LISTINGS") == "1" && !builtins)
            File.WriteAllText(path, text.ToString());

        var expected = File.ReadAllText(path);
        Assert.That(text.ToString(), Is.EqualTo(builtins ? Regex.Replace(expected, "(?s)## by thread\n.*?(?=\n# |\n\\z)", "") : expected));
    }

    [Test]
    public void Nothing_is_lost_and_nothing_is_counted_twice([ValueSource(nameof(Programs))] string program)
    {
        var profile = Record(program, builtins: true);

        var written = Contexts(profile).ToList();
        var byThread = Contexts(profile.ByThread()).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written.Sum(node => node.SelfTicks), Is.EqualTo(byThread.Sum(node => node.SelfTicks)));
            Assert.That(written.Sum(node => node.Calls), Is.EqualTo(byThread.Sum(node => node.Calls)));
            Assert.That(written.Sum(node => node.Resumes), Is.EqualTo(byThread.Sum(node => node.Resumes)));
            foreach (var parent in written)
                Assert.That(parent.CumulativeTicks, Is.EqualTo(parent.SelfTicks + parent.Children.Sum(child => child.CumulativeTicks)));
        }
    }

    [Test]
    public void A_call_of_an_earlier_stretch_is_continued_where_it_is_resumed()
    {
        var scenarios = WovenAssembly.CSharp("Release");
        using var profile = Begin(scenarios);
        Alone(() =>
        {
            profile.Enable();
            scenarios.Call(Program, "Begin");
            profile.Disable();
            profile.Enable();
            scenarios.Call(Program, "End");
        });

        Assert.That(TextOf(profile.CreateStats()), Is.EqualTo("""
            Begin 1 0/18
              Outer 1 2/18 elapsed 18 open 1
                Inner 1 16/16 elapsed 16 open 1
            ---
            End 1 0/608
              CompleteGate 1 500/608
                Inner 0+1 32/96
                  Add 1 64/64
                Outer 0+1 4/12
                  Add 1 8/8

            """));
    }

    [Test]
    public void A_call_that_was_cleared_is_continued_where_it_is_resumed()
    {
        var scenarios = WovenAssembly.CSharp("Release");
        using var profile = Begin(scenarios);
        Alone(() =>
        {
            profile.Enable();
            scenarios.Call(Program, "Begin");
            profile.Clear();
            scenarios.Call(Program, "End");
        });

        Assert.That(TextOf(profile.CreateStats()), Is.EqualTo("""
            End 1 0/608
              CompleteGate 1 500/608
                Inner 0+1 32/96
                  Add 1 64/64
                Outer 0+1 4/12
                  Add 1 8/8

            """));
    }

    [Test]
    public void A_snapshot_has_what_is_suspended_up_to_now()
    {
        var scenarios = WovenAssembly.CSharp("Release");
        using var profile = Begin(scenarios);
        ProfileData? snapshot = null;
        Alone(() =>
        {
            profile.Enable();
            scenarios.Call(Program, "Begin");
            scenarios.Call(Program, "Pass");
            snapshot = profile.SnapshotStats();
            scenarios.Call(Program, "End");
        });

        Assert.That(TextOf(snapshot!), Is.EqualTo("""
            Begin 1 0/18
              Outer 1 2/18 elapsed 1018 waiting 1000 open 1
                Inner 1 16/16 elapsed 1016 waiting 1000 open 1
            Pass 1 1000/1000

            """));
        Assert.That(TextOf(profile.CreateStats()), Is.EqualTo("""
            Begin 1 0/126
              Outer 1+1 6/126 elapsed 1326 waiting 1296
                Inner 1+1 48/112 elapsed 1312 waiting 1200
                  Add 1 64/64
                Add 1 8/8
            Pass 1 1000/1000
            End 1 0/500
              CompleteGate 1 500/500

            """));
    }

    // The thread that resumes them has no room for a context any more.
    [Test]
    public void Truncated_resumes_complete_the_calls_that_have_a_context()
    {
        var scenarios = WovenAssembly.CSharp("Release");
        var usual = RecorderMemory.OfProcess.Limit;
        using var profile = Begin(scenarios);
        try
        {
            Alone(() =>
            {
                profile.Enable();
                scenarios.Call(Program, "Begin");
            });
            Alone(() =>
            {
                RecorderMemory.OfProcess.Limit = 0;
                FillTree();
                scenarios.Call(Program, "End");
            });
        }
        finally
        {
            RecorderMemory.OfProcess.Limit = usual;
        }

        var stats = profile.CreateStats();
        var first = stats with { Threads = [stats.Threads[0]] };
        var rows = FlatProfile.From(stats);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FullTextOf(first), Is.EqualTo("""
                Begin 1 0/18 slowest 18
                  Outer 1 2/18 elapsed 326 waiting 308 slowest 326
                    Inner 1 16/16 elapsed 312 waiting 296 slowest 312

                """));
            Assert.That((Row("Inner").Resumes, Row("Outer").Resumes, Row("Add").Calls), Is.EqualTo((1, 1, 2)));
            Assert.That(Row("Inner").TotalTime, Is.EqualTo(0.048).Within(1e-9));
        }

        MethodStats Row(string name) => rows.Single(row => row.Name == $"{Program}.{name}");

        static void FillTree()
        {
            const int Depth = 6;
            var tokens = new nint[Depth];
            for (long path = 0, isTruncated = 0; isTruncated == 0; path++)
            {
                var rest = path;
                for (var i = 0; i < Depth; i++, rest /= PlainMethods.Count)
                    tokens[i] = Recorder.Enter(PlainMethods.FirstId + (int)(rest % PlainMethods.Count));
                isTruncated = tokens[Depth - 1] & 1;
                for (var i = Depth; i > 0; i--)
                    Recorder.Exit(tokens[i - 1]);
            }
        }
    }

    [Test]
    public void Without_callers_resumes_are_in_the_rows()
    {
        var profile = Record("Suspends", subcalls: false);

        Assert.That(TextOf(profile), Is.EqualTo("""
            Suspends 1 101001/101627
            Outer 1+1 6/30
            Inner 1+1 48/112
            CompleteGate 1 500/608
            Add 2 72/72

            """));
    }

    [Test]
    public void A_file_keeps_both_views([ValueSource(nameof(Programs))] string program)
    {
        var profile = Record(program);
        using var file = new MemoryStream();
        ProfFile.Write(profile, file);
        file.Position = 0;

        var content = ProfFile.Read(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FullTextOf(content.Recording!), Is.EqualTo(FullTextOf(profile)));
            Assert.That(FullTextOf(content.Recording!.ByThread()), Is.EqualTo(FullTextOf(profile.ByThread())));
            Assert.That(TableText.Of(content.Rows), Is.EqualTo(TableText.Of(FlatProfile.From(profile))));
        }
    }

    const string Program = "Scenarios.AsyncTrees";

    static Profile Begin(WovenAssembly scenarios) => new(scenarios.Delegate<Func<long>>("Scenarios.Time", "Read"), 0.001, builtins: false);

    static ProfileData Record(string program, bool builtins = false, bool subcalls = true) =>
        Record(WovenAssembly.CSharp("Release"), program, builtins, subcalls);

    static ProfileData Record(WovenAssembly scenarios, string program, bool builtins, bool subcalls = true)
    {
        ProfileData? profile = null;
        Alone(() => profile = scenarios.Profile(Program, program, subcalls, builtins));
        return profile!;
    }

    // NUnit's threads have a context that continuations are posted to.
    static void Alone(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                thrown = e;
            }
        });
        thread.Start();
        thread.Join();
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(thrown);
    }

    static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    static string TextOf(ProfileData profile) => ContextText.Of(profile, Program + ".");

    static string FullTextOf(ProfileData profile) => ContextText.Of(profile, Program + ".", showsSlowest: true);

    static IEnumerable<CallNode> Contexts(ProfileData profile) =>
        profile.Threads.SelectMany(thread => Enumerable.Range(1, thread.Tree.Count - 1).Select(index => thread.Tree[index]));
}
