namespace ProfilerWeaver.ReportTests;

/// <summary>Profiles that are known to the tick, one a millisecond.</summary>
static class SmallProfiles
{
    /// <summary>Two threads, recursion, a method outside the woven assemblies, equal contexts on both threads.</summary>
    public static ProfileData Shop()
    {
        var tree = new TreeBuilder();
        var main = tree.Method(new MethodLabel("src/Program.cs", 3, "Shop.Program.Main") { Origin = new("WebShop", 0, MethodKind.Method) });
        var load = tree.Method(new MethodLabel("src/Data/Repository.cs", 12, "Shop.Data.Repository.Load") { Origin = new("Storage", 0, MethodKind.Method) });
        var parse = tree.Method(new MethodLabel("src/Data/Parser.cs", 7, "Shop.Data.Parser.Parse") { Origin = new("Storage", 0, MethodKind.Method) });
        var read = tree.Method(MethodLabel.External("System.IO.File.ReadAllText"));
        tree.Call(main, () =>
        {
            tree.Now += 10;
            for (var i = 0; i < 3; i++)
                Load();
            tree.Call(parse, () => tree.Now += 4);
        });
        tree.NextThread("worker");
        Load();
        return tree.Build(0.001);

        void Load() => tree.Call(load, () =>
        {
            tree.Now += 2;
            tree.Call(read, () => tree.Now += 30);
            Parse(3);
        });

        void Parse(int depth) => tree.Call(parse, () =>
        {
            tree.Now += 5;
            if (depth > 0)
                Parse(depth - 1);
        });
    }

    /// <summary>Names that would do harm if they were markup, or were shown as they are.</summary>
    public static ProfileData Hostile()
    {
        var tree = new TreeBuilder();
        string[] names =
        [
            "</script><script>document.title='harmed'</script>", "<img src=x onerror=\"document.title='harmed'\">", "quo\"te'`${1}", "\u202Egnirts.Right\u202C",
            "bell\u0007\u001B[31mred\r\nline", "half\uD800", "zero\u200Bwidth", "<!--DATA-->", "A.<lambda>", "", new string('x', 5_000), "__proto__", "constructor",
        ];
        var methods = names.Select(name => tree.Method(new MethodLabel("<b>src</b>/\u202E.cs", 1, name))).ToArray();
        foreach (var method in methods)
            tree.Call(method, () => tree.Now += 1);
        return tree.Build(0.001) with { Program = "</title><script>document.title='harmed'</script>", Clock = "</script>" };
    }

    /// <summary>Calls only: a chain with siblings at each level, deep and wide enough to be pruned.</summary>
    public static ProfileData Calls()
    {
        var tree = new TreeBuilder();
        var methods = Enumerable.Range(0, 30).Select(i => tree.Method($"Chain.Link{i}")).ToArray();
        Link(0);
        return tree.Build() with { Unit = ClockUnit.None };

        void Link(int depth) => tree.Call(methods[depth], () =>
        {
            for (var i = 20; i < 30; i++)
            {
                for (var calls = 0; calls <= 29 - i; calls++)
                    tree.Call(methods[i], () => { });
            }
            if (depth < 19)
                Link(depth + 1);
        });
    }

    /// <summary>An async method that waits for 2 s of its 2.05 s, and one below it for 0.5 s.</summary>
    public static ProfileData Waiting()
    {
        var tree = new CallTreeColumns();
        tree.Enter(-1, default);
        tree.Enter(0, new() { Calls = 1, SelfTicks = 10, CumulativeTicks = 60 });
        tree.Enter(1, new() { Calls = 1, Resumes = 2, SelfTicks = 40, CumulativeTicks = 50, Async = new() { ElapsedTicks = 2050, WaitingTicks = 2000 } });
        tree.Enter(2, new() { Calls = 3, Resumes = 1, SelfTicks = 10, CumulativeTicks = 10, Async = new() { ElapsedTicks = 510, WaitingTicks = 500, OpenCalls = 1 } });
        for (var level = 0; level < 4; level++)
            tree.Leave();
        return new TreeBuilder().Build(0.001) with
        {
            Methods = [new("src/Pay.cs", 3, "Pay.Main"), new("src/Pay.cs", 9, "Pay.Checkout"), new("src/Pay.cs", 20, "Pay.Charge")],
            Threads = [new(1, "", tree.Build())],
        };
    }
}
