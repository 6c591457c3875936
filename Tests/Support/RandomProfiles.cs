namespace ProfilerWeaver.Tests;

/// <summary>Profiles that no program would make on purpose, the same for the same seed.</summary>
static class RandomProfiles
{
    static readonly string[] Files =
    [
        "~", "src/Program.cs", "src/Ünï/Größe.cs", "/home/user/src/Store.cs", "C:/work/a.cs", "Library.dll", "日本/語.cs",
    ];

    static readonly string[] Names =
    [
        "Main", "Shop.Repository.Load", "<lambda>", "<System.IO.File.ReadAllText>", "日本語.読む", "𝒳.Run",
        "\uFFFD.Odd", "Fact", "it's \"quoted\"", "Map<K, V>.Add(K, V)", "é", "e",
    ];

    /// <summary>A recording of random calls, with recursion in all forms, in one to three threads.</summary>
    public static ProfileData Recording(int seed)
    {
        var random = new Random(seed);
        var tree = new TreeBuilder();
        var methods = random.Next(1, 15);
        for (var i = 0; i < methods; i++)
            tree.Method(Label(random));
        var threads = random.Next(1, 4);
        for (var thread = 0; thread < threads; thread++)
        {
            if (thread > 0)
                tree.NextThread($"Worker {thread}");
            for (var depth = 0; tree.Now < 1_000_000L * (thread + 1);)
            {
                tree.Now += random.Next(10_000);
                if (depth > 0 && random.Next(100) < 45)
                {
                    tree.Leave(isResume: random.Next(10) == 0);
                    depth--;
                }
                else
                {
                    tree.Enter(random.Next(methods));
                    depth++;
                }
            }
        }
        return tree.Build(1e-6);
    }

    /// <summary>Rows with random figures and callers: cycles, huge numbers, no calls, negative times.</summary>
    public static IReadOnlyList<MethodStats> Rows(int seed)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Label(random)).Distinct().ToArray();
        return Array.ConvertAll(labels, label => new MethodStats(
            label,
            Figures(random),
            labels.Where(_ => random.Next(4) == 0)
                .Select(caller => KeyValuePair.Create(caller, Figures(random)))
                .ToArray()));
    }

    static MethodLabel Label(Random random)
    {
        var file = Files[random.Next(Files.Length)];
        var label = new MethodLabel(file, file == "~" ? 0 : random.Next(300), Names[random.Next(Names.Length)]);
        // Of which nothing is known if another tool has made the profile.
        return random.Next(3) == 0 ? label
            : label with { Origin = new("Assembly" + random.Next(3), random.Next(label.Name.Length), (MethodKind)random.Next(5)) };
    }

    static Figures Figures(Random random)
    {
        var calls = random.Next(8) switch
        {
            0 => 0,
            1 => random.NextInt64(1L << 55),
            2 => -random.NextInt64(1L << 40),
            _ => random.Next(1, 2000),
        };
        var primitive = random.Next(2) == 0 ? calls : random.Next(0, 500);
        return new(calls, primitive, Time(random), Time(random));
    }

    static double Time(Random random) => random.Next(8) switch
    {
        0 => 0,
        1 => -random.NextDouble() / 100,
        2 => random.Next(5000) / 256.0,
        3 => random.NextDouble() * 1e9,
        4 => random.Next(50) == 0 ? double.PositiveInfinity : 1,
        _ => random.Next(1_000_000) * 1e-6,
    };
}
