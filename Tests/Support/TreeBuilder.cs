namespace ProfilerWeaver.Tests;

/// <summary>Builds a recording from enter and leave events and explicit ticks.</summary>
sealed class TreeBuilder
{
    readonly List<MethodLabel> methods = [];
    readonly List<ThreadTree> threads = [];
    Context root = new(-1, null);
    Context current;
    readonly Stack<(long Start, long ChildTime)> frames = new();

    public TreeBuilder() => current = root;

    public long Now { get; set; }

    public int Method(MethodLabel label)
    {
        methods.Add(label);
        return methods.Count - 1;
    }

    public int Method(string name) => Method(new MethodLabel("src/Program.cs", methods.Count + 1, name));

    public void Enter(int method)
    {
        current = current.Child(method);
        frames.Push((Now, 0));
    }

    /// <summary>Leaves the method that was entered last; nothing happens without one.</summary>
    public void Leave(bool isResume = false)
    {
        if (frames.Count == 0)
            return;
        var (start, childTime) = frames.Pop();
        var elapsed = Now - start;
        if (frames.Count > 0)
        {
            var (parentStart, parentChildTime) = frames.Pop();
            frames.Push((parentStart, parentChildTime + elapsed));
        }
        if (isResume)
            current.Resumes++;
        else
            current.Calls++;
        current.Self += elapsed - childTime;
        current.Cumulative += elapsed;
        current.Slowest = Math.Max(current.Slowest, elapsed);
        current = current.Parent!;
    }

    /// <summary>Calls a method: its body runs between entering and leaving.</summary>
    public void Call(int method, Action body)
    {
        Enter(method);
        body();
        Leave();
    }

    public void NextThread(string name = "")
    {
        threads.Add(new ThreadTree(threads.Count + 1, name, root.ToNode().ToTree()));
        current = root = new Context(-1, null);
        frames.Clear();
    }

    public ProfileData Build(double secondsPerTick = 1)
    {
        NextThread();
        return new ProfileData
        {
            Methods = methods.ToArray(),
            Threads = threads.ToArray(),
            SecondsPerTick = secondsPerTick,
            Clock = "ticks",
            Program = "Test",
            StartedUtc = new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc),
            Duration = TimeSpan.FromSeconds(1.5),
        };
    }

    sealed class Context(int method, Context? parent)
    {
        readonly List<Context> children = [];

        public Context? Parent => parent;
        public long Calls { get; set; }
        public long Resumes { get; set; }
        public long Self { get; set; }
        public long Cumulative { get; set; }
        public long Slowest { get; set; }

        public Context Child(int callee)
        {
            var child = children.Find(known => known.Method == callee);
            if (child is null)
                children.Add(child = new Context(callee, this));
            return child;
        }

        int Method => method;

        public TestNode ToNode() => new()
        {
            Method = method,
            Calls = Calls,
            Resumes = Resumes,
            SelfTicks = Self,
            CumulativeTicks = Cumulative,
            SlowestTicks = Slowest,
            Children = children.ConvertAll(child => child.ToNode()),
        };
    }
}
