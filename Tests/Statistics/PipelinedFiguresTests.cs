namespace ProfilerWeaver.Tests.Statistics;

/// <summary>Every figure of a context arrives as it was, also where a block is used again and most contexts have none of its kind.</summary>
public class PipelinedFiguresTests
{
    const int Contexts = 30_000;

    [Test]
    public void Figures_of_a_context_do_not_show_up_in_another([Values(1, 16_384)] int few)
    {
        var shown = new Collected();
        var expected = new Collected();
        using (var pipeline = new PipelinedVisitor(shown, few))
        {
            RareFigures.Show(pipeline, Contexts);
            pipeline.Complete();
        }
        RareFigures.Show(expected, Contexts);

        Assert.That(shown.Figures, Is.EqualTo(expected.Figures));
    }

    [Test]
    public void Tables_and_sections_are_the_same_on_one_thread_and_on_two([Values] bool isSampled, [Values] bool hasOverhead)
    {
        var facts = new ProfileData
        {
            Methods = [],
            Threads = [],
            SecondsPerTick = 1e-7,
            Program = "p",
            Overhead = hasOverhead ? new(3.5, 2) { IsSampled = isSampled } : RecordingOverhead.None,
        };
        var labels = Enumerable.Range(0, RareFigures.Methods).Select(i => new MethodLabel("a.cs", i + 1, "M" + i)).ToArray();

        Assert.That(Written(1), Is.EqualTo(Written(int.MaxValue)));

        byte[] Written(int few)
        {
            var rows = new FlatProfile.Sums(facts);
            var section = new ProfSectionWriter();
            using var one = new PipelinedVisitor(rows, few);
            using var two = new PipelinedVisitor(section, few);
            RareFigures.Show(one, Contexts);
            RareFigures.Show(two, Contexts);
            one.Complete();
            two.Complete();
            var output = new ByteWriter();
            PstatsTable.Write(rows.Rows(labels).ToArray(), output);
            var stream = new MemoryStream();
            output.CopyTo(stream);
            section.Finish(facts, labels).CopyTo(stream);
            return stream.ToArray();
        }
    }

    sealed class Collected : ProfileVisitor
    {
        public List<ContextFigures> Figures { get; } = [];

        public override void BeginThread(int id, string name)
        {
        }

        public override void BeginTree(bool isTruncated)
        {
        }

        public override void Enter(int method, in ContextFigures figures) => Figures.Add(figures);

        public override void Leave()
        {
        }

        public override void EndTree()
        {
        }
    }
}

static class RareFigures
{
    public const int Methods = 50;

    public static void Show(ProfileVisitor visitor, int contexts)
    {
        var random = new Random(5);
        for (var thread = 1; thread <= 2; thread++)
        {
            visitor.BeginThread(thread, "t");
            for (var tree = 0; tree < 2; tree++)
            {
                var isTruncated = tree == 1;
                visitor.BeginTree(isTruncated);
                visitor.Enter(-1, default);
                var depth = 0;
                for (var i = 0; i < (isTruncated ? 3000 : contexts); i++)
                {
                    for (; depth > 0 && (random.Next(2) == 0 || (isTruncated && depth == 2)); depth--)
                        visitor.Leave();
                    visitor.Enter(random.Next(Methods), Random(random));
                    depth++;
                }
                for (; depth >= 0; depth--)
                    visitor.Leave();
                visitor.EndTree();
            }
        }
    }

    static ContextFigures Random(Random random)
    {
        var figures = new ContextFigures { Calls = random.Next(5), SelfTicks = random.Next(100), CumulativeTicks = random.Next(1000) };
        long Rare() => random.Next(300) == 0 ? random.Next(-1, 9) : 0;
        figures.RecursiveCalls = Rare();
        figures.Resumes = Rare();
        figures.TruncatedCalls = Rare();
        figures.Samples = Rare();
        figures.SlowestTicks = random.Next(10) == 0 ? -1 : random.Next(50);
        figures.Async = new()
        {
            Key = (int)Rare(),
            Continues = (int)Rare(),
            ElapsedTicks = Rare(),
            WaitingTicks = Rare(),
            OpenCalls = Rare(),
            ResumesElsewhere = Rare(),
        };
        return figures;
    }
}
