using System.Collections.Concurrent;

namespace ProfilerWeaver.Tests.Statistics;

/// <summary>What is shown by <see cref="PipelinedVisitor"/> is the same as without, on whichever thread.</summary>
public class PipelinedVisitorTests
{
    // Several blocks, and not a whole number of them.
    const int Contexts = 10_001;

    [Test]
    public void Trees_are_shown_as_they_are_however_much_of_them_is_shown_at_once([Values(1, 2, 5_000, Contexts - 1, Contexts, Contexts + 1)] int few)
    {
        var expected = new Steps();
        Show(expected);
        var shown = new Steps();
        var isCompleted = false;
        using (var pipeline = new PipelinedVisitor(shown, few))
        {
            Show(pipeline);
            pipeline.Then(() => isCompleted = shown.Seen.Count == expected.Seen.Count);
            pipeline.Complete();
        }

        Assert.That(isCompleted);

        Assert.That(shown.Seen, Is.EqualTo(expected.Seen));
        Assert.That(expected.Seen, Has.Count.EqualTo(2 * (2 * Contexts + 3)));
    }

    [Test]
    public void Large_trees_are_shown_on_another_thread_and_small_ones_at_once()
    {
        Assume.That(Environment.ProcessorCount, Is.GreaterThan(1));
        var large = new Steps();
        using var pipeline = new PipelinedVisitor(large, few: 1);
        Begin(pipeline);
        var isOnOther = SpinWait.SpinUntil(() => large.Threads.Count == 2, TimeSpan.FromMinutes(1));
        var small = new Steps();
        using (var other = new PipelinedVisitor(small, few: Contexts))
            Show(other);

        Assert.That(isOnOther);
        Assert.That(small.Threads.Keys, Is.EqualTo(new[] { Thread.CurrentThread }));
    }

    [Test]
    public void What_goes_wrong_on_the_other_thread_goes_wrong_for_who_shows()
    {
        var failing = new Steps { FailsAt = 7_000 };
        using var pipeline = new PipelinedVisitor(failing, few: 100);

        Assert.That(() => Show(pipeline), Throws.InstanceOf<InvalidDataException>().With.Message.EqualTo("context 7000"));
    }

    [Test]
    public void What_is_done_at_last_is_done_on_the_other_thread_and_its_failure_is_told([Values] bool fails)
    {
        Assume.That(Environment.ProcessorCount, Is.GreaterThan(1));
        Thread? thread = null;
        using var pipeline = new PipelinedVisitor(new Steps(), few: 1);
        Show(pipeline);
        pipeline.Then(() =>
        {
            thread = Thread.CurrentThread;
            if (fails)
                throw new InvalidDataException("at last");
        });
        SpinWait.SpinUntil(() => thread is not null, TimeSpan.FromMinutes(1));

        Assert.That(pipeline.Complete, fails ? Throws.InstanceOf<InvalidDataException>().With.Message.EqualTo("at last") : Throws.Nothing);
        Assert.That(thread, Is.Not.Null.And.Not.EqualTo(Thread.CurrentThread));
    }

    [Test]
    public void A_reader_that_fails_leaves_no_thread_behind()
    {
        Assume.That(Environment.ProcessorCount, Is.GreaterThan(1));
        var steps = new Steps();
        var pipeline = new PipelinedVisitor(steps, few: 1);
        Begin(pipeline);
        SpinWait.SpinUntil(() => steps.Threads.Count == 2, TimeSpan.FromMinutes(1));
        pipeline.Dispose();

        var other = steps.Threads.Keys.Single(thread => thread != Thread.CurrentThread);
        Assert.That(other.Join(TimeSpan.FromMinutes(1)));
    }

    // As much as is handed over once.
    static void Begin(PipelinedVisitor pipeline)
    {
        pipeline.BeginThread(1, "reader");
        pipeline.BeginTree(isTruncated: false);
        for (var i = 0; i < 3000; i++)
            pipeline.Enter(i, default);
    }

    // Two threads; deep and broad.
    static void Show(ProfileVisitor visitor)
    {
        for (var thread = 1; thread <= 2; thread++)
        {
            visitor.BeginThread(thread, $"thread {thread}");
            visitor.BeginTree(isTruncated: thread == 2);
            var random = new Random(thread);
            var depth = 0;
            for (var i = 0; i < Contexts; i++)
            {
                for (; depth > 1 && random.Next(2) == 0; depth--)
                    visitor.Leave();
                visitor.Enter(i - 1, new() { Calls = i, SelfTicks = random.Next(), Async = new() { Key = i } });
                depth++;
            }
            for (; depth > 0; depth--)
                visitor.Leave();
            visitor.EndTree();
        }
    }

    sealed class Steps : ProfileVisitor
    {
        int entered;

        public int FailsAt { get; init; }

        public List<string> Seen { get; } = [];

        public ConcurrentDictionary<Thread, bool> Threads { get; } = new();

        public override void BeginThread(int id, string name) => Seen.Add($"thread {id} {name}");

        public override void BeginTree(bool isTruncated) => Seen.Add($"tree {isTruncated}");

        public override void Enter(int method, in ContextFigures figures)
        {
            Threads[Thread.CurrentThread] = true;
            if (++entered == FailsAt)
                throw new InvalidDataException($"context {entered}");
            Seen.Add($"+{method} {figures.Calls} {figures.SelfTicks} {figures.Async.Key}");
        }

        public override void Leave() => Seen.Add("-");

        public override void EndTree() => Seen.Add("end");
    }
}
