using System.Runtime.ExceptionServices;

namespace ProfilerWeaver;

/// <summary>Shows large trees to another visitor on a thread of its own: while that one looks at a block of contexts, the next is
/// read. Small trees, and all on a machine of one processor, are shown at once.</summary>
/// <remarks>Whoever waits for the other thread yields: no interrupt that is meant for a wait of the program's ends that, and
/// nothing else runs meanwhile on a thread that has a message loop.</remarks>
/// <param name="target">Who looks.</param>
/// <param name="few">How many contexts of each tree are shown at once.</param>
sealed class PipelinedVisitor(ProfileVisitor target, int few = PipelinedVisitor.Few) : ProfileVisitor, IDisposable
{
    // Shown in some milliseconds: a thread would not be worth it.
    const int Few = 16 * 1024;

    // Made for the first large tree.
    Block filling = Block.Empty;
    Block spare = Block.Empty;

    // What the other thread is to look at.
    Block? full;
    AutoResetEvent? wake;
    Exception? failure;
    bool isToEnd;
    bool hasEnded;

    // Of the current tree, how many contexts are still shown at once; and how many were left since one was last entered.
    int shownAtOnce;
    int left;

    public override void BeginThread(int id, string name) => target.BeginThread(id, name);

    public override void BeginTree(bool isTruncated)
    {
        shownAtOnce = Environment.ProcessorCount > 1 ? few : int.MaxValue;
        target.BeginTree(isTruncated);
    }

    public override void Enter(int method, in ContextFigures figures)
    {
        if (shownAtOnce > 0)
        {
            target.Enter(method, figures);
            if (--shownAtOnce == 0 && filling == Block.Empty)
                (filling, spare) = (new(Block.Size), new(Block.Size));
            return;
        }
        ref var context = ref filling.Contexts[filling.Count];
        context.Method = method;
        context.Left = left;
        figures.CopyTo(ref context.Figures);
        left = 0;
        if (++filling.Count == Block.Size)
            HandOver();
    }

    public override void Leave()
    {
        if (shownAtOnce > 0)
            target.Leave();
        else
            left++;
    }

    public override void EndTree()
    {
        AwaitOther();
        filling.Show(target);
        for (; left > 0; left--)
            target.Leave();
        target.EndTree();
    }

    /// <summary>Ends the thread, if there is one.</summary>
    public void Dispose()
    {
        if (wake is null)
            return;
        Volatile.Write(ref isToEnd, true);
        wake.Set();
        while (!Volatile.Read(ref hasEnded))
            Thread.Yield();
        wake.Dispose();
        wake = null;
    }

    void HandOver()
    {
        AwaitOther();
        (filling, spare) = (spare, filling);
        if (wake is null && !TryBegin())
        {
            spare.Show(target);
            shownAtOnce = int.MaxValue;
            return;
        }
        Volatile.Write(ref full, spare);
        wake!.Set();
    }

    bool TryBegin()
    {
        try
        {
            wake = new(initialState: false);
            BackgroundThread.Begin("ProfilerWeaver sums", Run);
            return true;
        }
        catch (Exception)
        {
            // The system has no thread left. It is slower without.
            wake?.Dispose();
            wake = null;
            return false;
        }
    }

    void AwaitOther()
    {
        while (Volatile.Read(ref full) is not null)
            Thread.Yield();
        if (failure is not null)
            ExceptionDispatchInfo.Capture(failure).Throw();
    }

    void Run()
    {
        while (!Volatile.Read(ref isToEnd))
        {
            wake!.WaitOne();
            try
            {
                Volatile.Read(ref full)?.Show(target);
            }
            catch (Exception e)
            {
                failure = e;
            }
            Volatile.Write(ref full, null);
        }
        Volatile.Write(ref hasEnded, true);
    }

    /// <summary>Contexts in the order in which they are entered.</summary>
    sealed class Block(int size)
    {
        // A third of a megabyte, which stays in the processors' caches.
        public const int Size = 2048;

        public static readonly Block Empty = new(0);

        public readonly Context[] Contexts = new Context[size];

        public int Count;

        /// <summary>Shows all, and is empty then.</summary>
        public void Show(ProfileVisitor target)
        {
            for (var i = 0; i < Count; i++)
            {
                ref var context = ref Contexts[i];
                for (var left = context.Left; left > 0; left--)
                    target.Leave();
                target.Enter(context.Method, context.Figures);
            }
            Count = 0;
        }
    }

    struct Context
    {
        public int Method;

        /// <summary>How many contexts are left before it is entered.</summary>
        public int Left;

        public ContextFigures Figures;
    }
}
