using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>
/// A program that counts its own calls in a file is ended at random moments: its profile has every call that it had
/// counted. PROFILERWEAVER_KILLS says how often; 200 takes some minutes.
/// </summary>
[Platform("Unix,Linux,MacOsX")]
public class KillTests : ProcessTest
{
    const int Threads = 3;

    static int Kills => int.Parse(
        Environment.GetEnvironmentVariable("PROFILERWEAVER_KILLS") ?? "12", CultureInfo.InvariantCulture);

    [Test]
    public Task No_call_is_lost_whatever_ends_the_process() => EndAtRandom(new Dictionary<string, string>());

    [Test]
    public Task W7_No_truncated_call_is_lost_whatever_ends_the_process() => EndAtRandom(NoRoom);

    [Test]
    public Task No_call_of_a_sampled_recording_is_lost_whatever_ends_the_process() =>
        EndAtRandom(new Dictionary<string, string> { ["PROFILERWEAVER_CLOCK"] = "sampled" });

    [Test]
    public Task No_call_of_an_async_method_is_lost_whatever_ends_the_process() =>
        EndAtRandom(new Dictionary<string, string>(), isAsync: true);

    async Task EndAtRandom(IReadOnlyDictionary<string, string> environment, bool isAsync = false)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < Kills; i++)
        {
            var folder = Directory.CreateDirectory(PathOf($"{i}"));
            // The other ways are those of a thread that counts.
            var way = isAsync ? i % 2 == 0 ? Way.Kill : Way.Terminate : (Way)(i % 4);
            var trial = new Trial(folder.FullName, way, isAsync);
            var start = new ProgramStart(folder.FullName)
            {
                Environment = trial.Way == Way.Overflow
                    ? new Dictionary<string, string>([.. environment, .. CompiledOnce])
                    : environment,
            };
            await trial.Run(start, random);
            Assert.That(trial.Verdict(), Is.Empty, $"{trial.Way}, trial {i} of seed {seed}");
            TestContext.Out.WriteLine($"{i} {trial}");
            folder.Delete(recursive: true);
        }
    }

    enum Way
    {
        Kill,
        FailFast,
        Overflow,
        Terminate,
    }

    sealed class Trial(string folder, Way way, bool isAsync)
    {
        readonly string countersFile = Path.Combine(folder, "counters");
        long countedBefore;
        long recorded;

        public Way Way => way;

        public override string ToString() => $"{way}: counted {Counted()}, recorded {recorded}";

        public async Task Run(ProgramStart start, Random random)
        {
            // Few calls and many: both what is there at the beginning and what grows later has to be found.
            var calls = (long)Math.Pow(10, 1 + 5 * random.NextDouble());
            var running = WovenProgram.With(Woven).Begin(start with
            {
                Arguments = way switch
                {
                    Way.FailFast => ["CountAndFailFast", countersFile, calls.ToString(CultureInfo.InvariantCulture)],
                    Way.Overflow => ["CountAndOverflow", countersFile, calls.ToString(CultureInfo.InvariantCulture)],
                    _ => [isAsync ? "CountAsync" : "Count", countersFile],
                },
            });
            if (way is Way.Kill or Way.Terminate)
            {
                // Also while the program starts.
                if (way == Way.Terminate || random.Next(3) > 0)
                {
                    while (await running.ReadLine() is not (null or "counts"))
                    {
                    }
                }
                var until = Stopwatch.GetTimestamp() + random.Next(200) * Stopwatch.Frequency / 1000;
                while (Stopwatch.GetTimestamp() < until)
                    Thread.Yield();
                countedBefore = Counted();
                running.Send(way == Way.Kill ? "KILL" : "TERM");
            }
            await running.End(closeInput: false);
        }

        /// <summary>What is wrong with the profile; empty if nothing is.</summary>
        public string Verdict()
        {
            var counted = Counted();
            var output = Path.Combine(folder, DefaultName);
            if (way == Way.Terminate)
            {
                recorded = Leaves(output);
                if (recorded < countedBefore)
                    return $"{countedBefore} were counted before the signal; the profile has {recorded}";
            }
            if (!File.Exists(output + ".live"))
                return counted == 0 ? "" : $"{counted} were counted, and there is no live file";
            try
            {
                recorded = Leaves(output + ".live");
            }
            catch (InvalidProfileException e)
            {
                // It was ended before it began.
                return counted == 0 && e.Message.Contains("nothing has been recorded", StringComparison.Ordinal) ? "" : e.Message;
            }
            // A thread is stopped between the end of a call and its counting, or in the midst of a call.
            return recorded >= counted && recorded <= counted + 2 * Threads
                ? ""
                : $"{counted} were counted, the live file has {recorded}";
        }

        long Counted()
        {
            if (!File.Exists(countersFile))
                return 0;
            using var stream = new FileStream(countersFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var counters = new byte[Threads * sizeof(long)];
            return stream.ReadAtLeast(counters, counters.Length, throwOnEndOfStream: false) == counters.Length
                ? MemoryMarshal.Cast<byte, long>(counters).ToArray().Sum()
                : 0;
        }

        static long Leaves(string path)
        {
            var profile = ProfFile.Read(path);
            if (profile.Recording is { } recording)
                Assert.That(SelfTicks(recording.ByThread()), Is.EqualTo(SelfTicks(recording)), "own time by thread");
            var rows = profile.Rows;
            return rows.Where(row => row.Label.Name.EndsWith("Counting.Leaf", StringComparison.Ordinal))
                .Sum(row => row.Figures.Calls);
        }

        static long SelfTicks(ProfileData profile) =>
            profile.Threads.Sum(thread => Enumerable.Range(1, thread.Tree.Count - 1).Sum(index => thread.Tree[index].SelfTicks));
    }
}
