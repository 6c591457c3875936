using System.Collections.Concurrent;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Threads begin, suspend and resume each other's async calls while recording is switched, cleared and read
/// (<see cref="StressRun"/>).</summary>
[NonParallelizable]
public class AsyncStressTests
{
    // Deeper trees would have more contexts than there is memory for (StressTests).
    const int Deepest = 4;

    readonly ConcurrentBag<Call> suspended = [];
    readonly long[] calls = new long[AsyncMethods.Count];
    readonly long[] resumes = new long[AsyncMethods.Count];

    [Test]
    public void After_all_the_switching_calls_and_resumes_are_exact()
    {
        var stats = StressRun.Of(
            choice => Step(choice, depth: 0),
            row => Assert.That(row.WaitingTime, Is.InRange(0, row.ElapsedTime), row.Label.Name),
            Forget,
            ResumeAll);

        var rows = FlatProfile.From(stats).ToDictionary(row => row.Label.Name);
        using (Assert.EnterMultipleScope())
        {
            for (var method = 0; method < AsyncMethods.Count; method++)
            {
                var row = rows[$"A{method}"];
                Assert.That(row.Calls, Is.EqualTo(calls[method]), row.Name);
                Assert.That(row.Resumes, Is.EqualTo(resumes[method]), row.Name);
                Assert.That(row.Figures.OpenCalls, Is.Zero, row.Name);
                Assert.That(row.Figures.WaitingTime, Is.InRange(0, row.Figures.ElapsedTime), row.Name);
                Assert.That(row.SlowestTime, Is.Positive, row.Name);
            }
        }
        AssertBothViewsAgree(stats);
    }

    // What is suspended never goes on.
    void Forget()
    {
        suspended.Clear();
        Array.Clear(calls);
        Array.Clear(resumes);
    }

    void ResumeAll()
    {
        while (suspended.TryTake(out var call))
            Resume(call, new Random(0), mayWait: false);
    }

    void Step(Random choice, int depth)
    {
        // Never many that wait: else most of the work would be theirs.
        if (suspended.Count > 200 || choice.Next(2) == 0)
        {
            if (suspended.TryTake(out var call))
                Resume(call, choice, mayWait: true);
            return;
        }
        var begun = new Call(choice.Next(AsyncMethods.Count));
        Interlocked.Increment(ref calls[begun.Method]);
        Go(begun, choice, depth, mayWait: true);
    }

    void Resume(Call call, Random choice, bool mayWait)
    {
        Interlocked.Increment(ref resumes[call.Method]);
        Go(call, choice, depth: 0, mayWait);
    }

    // What a state machine does when it is entered: it awaits others, and then waits or completes.
    void Go(Call call, Random choice, int depth, bool mayWait)
    {
        var token = Recorder.EnterAsync(AsyncMethods.IdOf(call.Method), ref call.Activation);
        for (var others = choice.Next(mayWait && depth < Deepest ? 3 : 1); others > 0; others--)
            Step(choice, depth + 1);
        if (!mayWait || choice.Next(2) == 0)
        {
            Recorder.Complete(token, ref call.Activation);
            return;
        }
        Recorder.Suspend(token);
        suspended.Add(call);
    }

    // The one that was resumed began before the recording, so it is continued beside the one that was called: as one context with it.
    [Test]
    public void Calls_below_a_call_and_below_a_resume_are_all_completed()
    {
        using var profile = new Profile();
        var (before, called) = (new Call(0), new Call(0));
        Call[] below = [new(1), new(1)];
        Recorder.Suspend(Recorder.EnterAsync(AsyncMethods.IdOf(0), ref before.Activation));
        profile.Enable();
        var caller = Recorder.Enter(PlainMethods.FirstId);
        foreach (var (parent, child) in new[] { (called, below[0]), (before, below[1]) })
        {
            var token = Recorder.EnterAsync(AsyncMethods.IdOf(0), ref parent.Activation);
            Recorder.Suspend(Recorder.EnterAsync(AsyncMethods.IdOf(1), ref child.Activation));
            Recorder.Complete(token, ref parent.Activation);
        }
        foreach (var child in below)
            Recorder.Complete(Recorder.EnterAsync(AsyncMethods.IdOf(1), ref child.Activation), ref child.Activation);
        Recorder.Exit(caller);

        var stats = new Stats(profile.CreateStats());

        Assert.That((stats["A1"].Calls, stats["A1"].Resumes, stats["A1"].Figures.OpenCalls), Is.EqualTo((2, 2, 0)));
        Assert.That(stats.Contexts.Single(context => context.Name == "A1").Caller!.Name, Is.EqualTo("A0"));
    }

    static void AssertBothViewsAgree(ProfileData profile)
    {
        var written = Contexts(profile).ToList();
        var byThread = Contexts(profile.ByThread()).ToList();
        Assert.That(written.Sum(node => node.SelfTicks), Is.EqualTo(byThread.Sum(node => node.SelfTicks)));
        Assert.That(written.Sum(node => node.Calls), Is.EqualTo(byThread.Sum(node => node.Calls)));
        Assert.That(written.Sum(node => node.Resumes), Is.EqualTo(byThread.Sum(node => node.Resumes)));
    }

    static IEnumerable<CallNode> Contexts(ProfileData profile) =>
        profile.Threads.SelectMany(thread => Enumerable.Range(1, thread.Tree.Count - 1).Select(index => thread.Tree[index]));

    sealed class Call(int method)
    {
        public AsyncActivation Activation;

        public int Method => method;
    }
}
