using System.Runtime.ExceptionServices;

namespace ProfilerWeaver;

/// <summary>Shows large trees to another visitor on a thread of its own: while that one looks at a block of contexts, the next is
/// read. Small trees, and all on a machine of one processor, are shown at once. After <see cref="Complete"/>, all was shown.</summary>
/// <remarks>A block that the other thread has not begun with when the next one is full is looked at here: nothing waits for a thread
/// that has no processor, or that the system never lets run. Whoever waits for it yields: no interrupt that is meant for a wait of the
/// program's ends that, and nothing else runs meanwhile on a thread that has a message loop.</remarks>
/// <param name="target">Who looks.</param>
/// <param name="few">How many contexts of each tree are shown at once.</param>
sealed class PipelinedVisitor(ProfileVisitor target, int few = PipelinedVisitor.Few) : ProfileVisitor, IDisposable
{
    // Shown in some milliseconds: a thread would not be worth it.
    const int Few = 16 * 1024;

    // Made for the first large tree.
    Block filling = Block.Empty;
    Block spare = Block.Empty;

    // What is to be looked at next, by whoever takes it; what is to be done when all was looked at; and whether the other thread may have
    // taken one of them.
    Block? full;
    Action? last;
    bool isLooking;

    readonly RecorderLock gate = new();
    bool hasBegun;
    bool isToEnd;
    Exception? failure;

    // Of the current tree, how many contexts are still shown at once; and how many were left since one was last entered.
    int shownAtOnce;
    int left;

    public override void BeginThread(int id, string name)
    {
        AwaitOther();
        target.BeginThread(id, name);
    }

    public override void BeginTree(bool isTruncated)
    {
        AwaitOther();
        // What was truncated comes last, when the thread is awake.
        shownAtOnce = Environment.ProcessorCount == 1 ? int.MaxValue : isTruncated && hasBegun ? 0 : few;
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
        if (shownAtOnce > 0)
        {
            target.EndTree();
            return;
        }
        (filling.EndsTree, filling.LeftAtEnd) = (true, left);
        left = 0;
        if (hasBegun)
            HandOver();
        else
            filling.Show(target);
    }

    /// <summary>Does something on the other thread once that has looked at all; here, if there is none.</summary>
    /// <param name="action">What to do. Nothing can be shown afterwards.</param>
    public void Then(Action action)
    {
        if (!hasBegun)
        {
            action();
            return;
        }
        Volatile.Write(ref last, action);
        Wake();
    }

    /// <summary>Returns when all was looked at, and that was done.</summary>
    public void Complete()
    {
        var action = Interlocked.Exchange(ref last, null);
        AwaitOther();
        action?.Invoke();
    }

    /// <summary>Ends the thread, if there is one.</summary>
    public void Dispose()
    {
        isToEnd = true;
        if (hasBegun)
            Wake();
    }

    void HandOver()
    {
        AwaitOther();
        (filling, spare) = (spare, filling);
        if (!hasBegun && !TryBegin())
        {
            spare.Show(target);
            shownAtOnce = int.MaxValue;
            return;
        }
        Volatile.Write(ref full, spare);
        Wake();
    }

    bool TryBegin()
    {
        try
        {
            BackgroundThread.Begin("ProfilerWeaver sums", Run);
            return hasBegun = true;
        }
        catch (Exception)
        {
            // The system has no thread left. It is slower without.
            return false;
        }
    }

    void Wake()
    {
        using (gate.Enter())
            Monitor.Pulse(gate);
    }

    // Then all that was handed over has been looked at.
    void AwaitOther()
    {
        Interlocked.Exchange(ref full, null)?.Show(target);
        while (Volatile.Read(ref isLooking))
            Thread.Yield();
        if (failure is not null)
            ExceptionDispatchInfo.Capture(failure).Throw();
    }

    void Run()
    {
        while (true)
        {
            lock (gate)
            {
                while (Volatile.Read(ref full) is null && Volatile.Read(ref last) is null && !isToEnd)
                    Monitor.Wait(gate);
            }
            if (isToEnd)
                return;
            try
            {
                Volatile.Write(ref isLooking, true);
                Interlocked.Exchange(ref full, null)?.Show(target);
                // Whoever takes the block back has taken this back before.
                Interlocked.Exchange(ref last, null)?.Invoke();
            }
            catch (Exception e)
            {
                failure = e;
            }
            finally
            {
                // Also if this thread is aborted (.NET Framework, when a domain is unloaded), which goes on behind the catch: the
                // other one would wait for ever.
                Volatile.Write(ref isLooking, false);
            }
        }
    }

    /// <summary>Contexts in the order in which they are entered.</summary>
    sealed class Block(int size)
    {
        // A third of a megabyte, which stays in the processors' caches.
        public const int Size = 2048;

        public static readonly Block Empty = new(0);

        public readonly Context[] Contexts = new Context[size];

        public int Count;

        /// <summary>Whether the tree ends behind them, and how many contexts are left before.</summary>
        public bool EndsTree;

        public int LeftAtEnd;

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
            if (!EndsTree)
                return;
            EndsTree = false;
            for (; LeftAtEnd > 0; LeftAtEnd--)
                target.Leave();
            target.EndTree();
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
