namespace ProfilerWeaver.Tests;

sealed class FlatProfileTests
{
    readonly TreeBuilder tree = new();

    [Test]
    public void Only_the_outermost_call_of_a_recursion_is_primitive()
    {
        var fact = tree.Method("fact");
        Fact(fact, 3);
        Fact(fact, 2);

        var row = Rows().Single();

        Assert.That(row.Figures, Is.EqualTo(new Figures(7, 2, 16, 16) { SlowestTime = 10 }));
        Assert.That(row.Callers.Single().Value, Is.EqualTo(new Figures(5, 2, 9, 9) { SlowestTime = 6 }));
    }

    [Test]
    public void Each_method_and_each_pair_of_a_mutual_recursion_has_its_own_level()
    {
        var (a, b) = (tree.Method("a"), tree.Method("b"));
        CallA(4);

        var rows = Rows();
        Assert.That(rows["a"].Figures, Is.EqualTo(new Figures(3, 1, 6, 46) { SlowestTime = 46 }));
        Assert.That(Caller(rows["a"], "b"), Is.EqualTo(new Figures(2, 1, 4, 24) { SlowestTime = 24 }));
        Assert.That(rows["b"].Figures, Is.EqualTo(new Figures(2, 1, 40, 44) { SlowestTime = 44 }));
        Assert.That(Caller(rows["b"], "a"), Is.EqualTo(new Figures(2, 1, 40, 44) { SlowestTime = 44 }));

        void CallA(int n) => tree.Call(a, () =>
        {
            tree.Now += 1;
            if (n > 0)
                CallB(n - 1);
            tree.Now += 1;
        });

        void CallB(int n) => tree.Call(b, () =>
        {
            tree.Now += 10;
            if (n > 0)
                CallA(n - 1);
            tree.Now += 10;
        });
    }

    [Test]
    public void Time_through_a_callee_that_calls_back_counts_once()
    {
        var (r, x) = (tree.Method("r"), tree.Method("x"));
        CallR(2);

        var rows = Rows();
        Assert.That(rows["r"].Figures, Is.EqualTo(new Figures(3, 1, 3, 203) { SlowestTime = 203 }));
        Assert.That(Caller(rows["r"], "x"), Is.EqualTo(new Figures(2, 1, 2, 102) { SlowestTime = 102 }));
        Assert.That(rows["x"].Figures, Is.EqualTo(new Figures(2, 1, 200, 202) { SlowestTime = 202 }));
        Assert.That(Caller(rows["x"], "r"), Is.EqualTo(new Figures(2, 1, 200, 202) { SlowestTime = 202 }));

        void CallR(int n) => tree.Call(r, () =>
        {
            tree.Now += 1;
            if (n > 0)
                tree.Call(x, () =>
                {
                    tree.Now += 100;
                    CallR(n - 1);
                });
        });
    }

    [Test]
    public void A_method_that_was_never_left_is_no_row_and_no_caller()
    {
        var (main, work) = (tree.Method("main"), tree.Method("work"));
        tree.Enter(main);
        tree.Call(work, () => tree.Now += 5);

        var row = Rows().Single();

        Assert.That(row.Label.Name, Is.EqualTo("work"));
        Assert.That(row.Callers, Is.Empty);
    }

    [Test]
    public void A_method_that_was_only_resumed_keeps_its_time_and_its_callees()
    {
        var (step, work) = (tree.Method("step"), tree.Method("work"));
        tree.Enter(step);
        tree.Now += 2;
        tree.Call(work, () => tree.Now += 5);
        tree.Leave(isResume: true);

        var rows = Rows();
        Assert.That(rows["step"].Figures, Is.EqualTo(new Figures(0, 0, 2, 7) { Resumes = 1, SlowestTime = 7 }));
        Assert.That(Caller(rows["work"], "step"), Is.EqualTo(new Figures(1, 1, 5, 5) { SlowestTime = 5 }));
    }

    [Test]
    public void A_caller_that_is_waiting_for_its_first_call_is_shown_with_zeros()
    {
        var (f, g) = (tree.Method("f"), tree.Method("g"));
        tree.Call(f, () => { });
        tree.Call(g, () => { });
        tree.Enter(f);
        tree.Enter(g);

        Assert.That(Caller(Rows()["g"], "f"), Is.EqualTo(new Figures(0, 0, 0, 0)));
    }

    [Test]
    public void Recursive_calls_of_a_flat_recording_are_not_primitive()
    {
        tree.Method("fib");
        var node = new TestNode { Method = 0, Calls = 10, RecursiveCalls = 9, SelfTicks = 7, CumulativeTicks = 7 };

        var row = FlatProfile.From(Profile(node)).Single();

        Assert.That(row.Figures, Is.EqualTo(new Figures(10, 1, 7, 7)));
    }

    [Test]
    public void Methods_with_equal_labels_are_one_row_but_do_not_recurse_into_each_other()
    {
        var label = new MethodLabel("a.cs", 1, "lambda");
        var (first, second, main) = (tree.Method(label), tree.Method(label), tree.Method("main"));
        tree.Call(main, () =>
        {
            tree.Call(first, () => tree.Call(second, () => tree.Now += 3));
            tree.Call(second, () => tree.Now += 4);
        });

        var rows = Rows();
        Assert.That(rows[label].Figures, Is.EqualTo(new Figures(3, 3, 7, 10) { SlowestTime = 4 }));
        Assert.That(Caller(rows[label], "main"), Is.EqualTo(new Figures(2, 2, 4, 7) { SlowestTime = 4 }));
        Assert.That(Caller(rows[label], "lambda"), Is.EqualTo(new Figures(1, 1, 3, 3) { SlowestTime = 3 }));
    }

    [Test]
    public void Rows_and_callers_are_in_the_order_of_their_first_call()
    {
        var (b, a, leaf) = (tree.Method("b"), tree.Method("a"), tree.Method("leaf"));
        tree.Call(b, () => tree.Call(leaf, () => { }));
        tree.Call(a, () => tree.Call(leaf, () => { }));

        var rows = Rows();
        Assert.That(rows.Select(row => row.Label.Name), Is.EqualTo(["b", "leaf", "a"]));
        Assert.That(rows["leaf"].Callers.Select(caller => caller.Key.Name), Is.EqualTo(["b", "a"]));
    }

    [Test]
    public void Threads_are_summed_up_and_ticks_become_seconds_once()
    {
        var work = tree.Method("work");
        tree.Call(work, () => tree.Now += 1);
        tree.NextThread();
        tree.Call(work, () => tree.Now += 2);

        var row = FlatProfile.From(tree.Build(0.1)).Single();

        Assert.That(row.Figures, Is.EqualTo(new Figures(2, 2, 3 * 0.1, 3 * 0.1) { SlowestTime = 2 * 0.1 }));
    }

    void Fact(int method, int n) => tree.Call(method, () =>
    {
        tree.Now += n;
        if (n > 0)
            Fact(method, n - 1);
        tree.Now += 1;
    });

    ProfileData Profile(TestNode node) => new()
    {
        Methods = tree.Build().Methods,
        Threads = [new ThreadTree(1, "", new TestNode { Method = -1, Children = [node] }.ToTree())],
        SecondsPerTick = 1,
    };

    Stats Rows() => new(tree.Build());

    static Figures Caller(MethodStats row, string name) => row.Callers.Single(caller => caller.Key.Name == name).Value;
}
