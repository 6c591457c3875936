using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Random calls, fed to the recorder and to CPython's engine: deep stacks, exceptions that pass through many
/// frames, and trees that outgrow their memory.</summary>
[NonParallelizable]
public class RecorderAgainstEngineTests
{
    [Test]
    public void Rows_and_callers_are_those_of_the_engine([Range(0, 9)] int seed) =>
        Compare(seed, limit: null, expectTruncated: false);

    [Test]
    public void Rows_and_callers_stay_exact_when_the_tree_is_truncated([Range(0, 29)] int seed) =>
        Compare(seed, limit: 0, expectTruncated: true);

    [Test]
    public void The_tree_says_where_it_was_truncated()
    {
        var (profile, _) = Run(seed: 1, limit: 0);

        var thread = profile.Threads.Single();
        var truncatedInTree = Contexts(thread.Tree).Sum(node => node.TruncatedCalls);
        Assert.That(truncatedInTree, Is.Positive);
        Assert.That(truncatedInTree, Is.LessThanOrEqualTo(thread.Truncated!.Root.Children.Sum(method => method.Calls)));
        Assert.That(Contexts(thread.Tree).Sum(node => node.Calls) + thread.Truncated.Root.Children.Sum(method => method.Calls),
            Is.EqualTo(FlatProfile.From(profile).Sum(row => row.Figures.Calls)));
    }

    static void Compare(int seed, long? limit, bool expectTruncated)
    {
        var (profile, engine) = Run(seed, limit);

        Assert.That(profile.Threads.Any(thread => thread.Truncated is not null), Is.EqualTo(expectTruncated));
        var rows = FlatProfile.From(profile);
        var (methods, edges) = engine.Results();
        Assert.That(rows.ToDictionary(row => NumberOf(row.Label), row => row.Figures with { Resumes = 0 }), Is.EquivalentTo(methods));
        Assert.That(
            rows.SelectMany(row => row.Callers.Select(caller => (Pair: (NumberOf(caller.Key), NumberOf(row.Label)), caller.Value)))
                .ToDictionary(edge => edge.Pair, edge => edge.Value),
            Is.EquivalentTo(edges));
    }

    static (ProfileData Profile, LsprofEngine Engine) Run(int seed, long? limit)
    {
        var random = new Random(seed);
        var engine = new LsprofEngine();
        var tokens = new Stack<nint>();
        var depth = random.Next(5, 700);
        var usual = RecorderMemory.OfProcess.Limit;
        using var profile = new Profile(() => engine.Now, 1.0);
        try
        {
            RecorderMemory.OfProcess.Limit = limit ?? usual;
            profile.Enable();
            for (var i = 0; i < 30_000; i++)
            {
                engine.Now += random.Next(4);
                if (tokens.Count == 0 || (random.Next(100) < 52 && tokens.Count < depth))
                {
                    var method = random.Next(PlainMethods.Count);
                    engine.Enter(method);
                    tokens.Push(Recorder.Enter(PlainMethods.FirstId + method));
                }
                else
                {
                    Leave(random.Next(20) == 0 ? random.Next(1, tokens.Count + 1) : 1);
                }
            }
            Leave(tokens.Count);
            return (profile.CreateStats(), engine);
        }
        finally
        {
            RecorderMemory.OfProcess.Limit = usual;
        }

        // Only the last one reports its end: an exception passed through the others.
        void Leave(int frames)
        {
            nint token = 0;
            for (var i = 0; i < frames; i++)
            {
                engine.Leave();
                token = tokens.Pop();
            }
            Recorder.Exit(token);
        }
    }

    static IEnumerable<CallNode> Contexts(CallTree tree) => Enumerable.Range(0, tree.Count).Select(i => tree[i]);

    static int NumberOf(MethodLabel label) => int.Parse(label.Name.AsSpan(1));
}
