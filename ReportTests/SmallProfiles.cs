namespace ProfilerWeaver.ReportTests;

/// <summary>Profiles that are known to the tick, one a millisecond.</summary>
static class SmallProfiles
{
    /// <summary>Two threads, recursion, a method outside the woven assemblies, equal contexts on both threads.</summary>
    public static ProfileData Shop()
    {
        var tree = new TreeBuilder();
        var main = tree.Method(new MethodLabel("src/Program.cs", 3, "Shop.Program.Main"));
        var load = tree.Method(new MethodLabel("src/Data/Repository.cs", 12, "Shop.Data.Repository.Load"));
        var parse = tree.Method(new MethodLabel("src/Data/Parser.cs", 7, "Shop.Data.Parser.Parse"));
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
}
