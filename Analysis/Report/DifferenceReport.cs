namespace ProfilerWeaver;

/// <summary>A difference as a report: the trees of both sides laid over each other, with the figures of now and of before.</summary>
static class DifferenceReport
{
    const double Nanosecond = 1e-9;

    /// <exception cref="InvalidOperationException">Some of the profiles have no call tree.</exception>
    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public static void Write(ProfileDifference difference, string title, HtmlOptions options, string path)
    {
        var tree = difference.Tree ?? throw new InvalidOperationException(
            "The difference cannot be shown as a report, because not all of the profiles have a call tree.");
        var tick = difference.Unit == ClockUnit.Seconds ? Nanosecond : 1;
        var builder = new CallTreeColumns(tree.Count, derivesTotals: true);
        var methods = new Dictionary<string, int>();
        var before = new BeforeColumns(tree.Count);
        var callers = new Stack<int>();
        var place = 0;
        foreach (var context in tree.Preorder())
        {
            for (var caller = tree.CallerOf(context); callers.Count > 0 && callers.Peek() != caller; callers.Pop())
                builder.Leave();
            callers.Push(context);
            if (context == ComparedTree.Root)
            {
                builder.Enter(-1, default);
                place++;
                continue;
            }
            var name = tree.NameOf(context);
            methods.TryAdd(name, methods.Count);
            builder.Enter(methods[name], new() { Calls = tree.After(context).Median, SelfTicks = Ticks(tree.SelfAfter(context)) });
            before.Calls[place] = tree.Before(context).Median;
            before.SelfTicks[place++] = Ticks(tree.SelfBefore(context));
        }
        for (; callers.Count > 0; callers.Pop())
            builder.Leave();
        var profile = new ProfileData
        {
            Methods = [.. methods.Keys.Select(difference.LabelOf)],
            Threads = [new(1, "", builder.Build())],
            SecondsPerTick = tick,
            Unit = difference.Unit,
            Program = title,
            Clock = difference.Clock,
        };
        HtmlReport.Write(new Stats(profile), options with { Before = before, Causes = Causes(difference) }, path);

        long Ticks(RunTimes times) => (long)Math.Round(times.Median / tick);
    }

    static List<KeyValuePair<string, string>> Causes(ProfileDifference difference) =>
    [
        .. difference.Causes.Select(cause => new KeyValuePair<string, string>("cause", CallText.Of(cause))),
        .. difference.Moves.Select(move => new KeyValuePair<string, string>("moved", CallText.Of(move))),
        .. difference.Renamed.Select(pair => new KeyValuePair<string, string>("renamed?", $"{pair.Key} → {pair.Value}")),
    ];
}
