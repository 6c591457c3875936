namespace ProfilerWeaver;

/// <summary>Calls in which a thread waits for something else: their own time is no work. docs/semantics.md has the list.</summary>
static class BlockingWaits
{
    static readonly HashSet<string> Names =
    [
        .. Of("System.Threading.Thread", "Sleep", "Join"),
        .. Of("System.Threading.Tasks.Task", "Wait", "WaitAll", "WaitAny", "Result"),
        .. Of("System.Runtime.CompilerServices.TaskAwaiter", "GetResult"),
        .. Of("System.Runtime.CompilerServices.ValueTaskAwaiter", "GetResult"),
        .. Of("System.Runtime.CompilerServices.ConfiguredTaskAwaitable.ConfiguredTaskAwaiter", "GetResult"),
        .. Of("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter", "GetResult"),
        .. Of("System.Threading.WaitHandle", "WaitOne", "WaitAll", "WaitAny", "SignalAndWait"),
        .. Of("System.Threading.Monitor", "Enter", "TryEnter", "Wait"),
        .. Of("System.Threading.Lock", "Enter", "EnterScope", "TryEnter"),
        .. Of("System.Threading.ReaderWriterLockSlim", "EnterReadLock", "EnterWriteLock", "EnterUpgradeableReadLock", "TryEnterReadLock",
            "TryEnterWriteLock", "TryEnterUpgradeableReadLock"),
        .. Of("System.Threading.ReaderWriterLock", "AcquireReaderLock", "AcquireWriterLock", "UpgradeToWriterLock"),
        .. Of("System.Threading.SemaphoreSlim", "Wait"),
        .. Of("System.Threading.ManualResetEventSlim", "Wait"),
        .. Of("System.Threading.CountdownEvent", "Wait"),
        .. Of("System.Threading.Barrier", "SignalAndWait"),
        .. Of("System.Threading.SpinWait", "SpinUntil"),
        .. Of("System.Collections.Concurrent.BlockingCollection", "Add", "Take", "TryAdd", "TryTake"),
        .. Of("System.Diagnostics.Process", "WaitForExit", "WaitForInputIdle"),
        .. Of("System.Console", "Read", "ReadKey", "ReadLine"),
        .. Of("System.Net.Sockets.Socket", "Accept", "Connect", "Poll", "Receive", "ReceiveFrom", "Select"),
        .. Of("System.Net.Sockets.TcpListener", "AcceptSocket", "AcceptTcpClient"),
        .. Of("System.Net.Sockets.TcpClient", "Connect"),
        .. Of("System.Net.Sockets.NetworkStream", "Read", "ReadByte"),
        .. Of("System.Net.Sockets.UdpClient", "Receive"),
        .. Of("System.Net.HttpListener", "GetContext"),
        .. Of("System.IO.Pipes.NamedPipeServerStream", "WaitForConnection"),
        .. Of("System.IO.Pipes.NamedPipeClientStream", "Connect"),
        .. Of("System.IO.Pipes.PipeStream", "Read", "ReadByte", "WaitForPipeDrain"),
        .. Of("Microsoft.AspNetCore.Builder.WebApplication", "Run"),
        .. Of("Microsoft.AspNetCore.Hosting.WebHostExtensions", "Run", "WaitForShutdown"),
        .. Of("Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions", "Run", "WaitForShutdown"),
    ];

    /// <summary>Whether it is such a call.</summary>
    public static bool Is(in MethodLabel label) => label.IsExternal && Names.Contains(label.Name);

    /// <summary>The same profile without the own time of such calls, whose callers lose it, too; calls stay. What is called in one
    /// keeps its time.</summary>
    public static ProfileData LeftOut(ProfileData profile)
    {
        bool[] isWait = [.. profile.Methods.Select(label => Is(label))];
        var waited = 0L;
        ThreadTree[] threads =
        [
            .. profile.Threads.Select(thread => thread with
            {
                Tree = LeftOut(thread.Tree, isWait, ref waited),
                Truncated = thread.Truncated is { } truncated ? LeftOutOfTruncated(truncated, isWait, ref waited) : null,
            }),
        ];
        return profile with { Threads = threads, TicksLeftOut = (profile.TicksLeftOut ?? 0) + waited };
    }

    static CallTree LeftOut(CallTree tree, bool[] isWait, ref long waited)
    {
        var self = new long[tree.Count];
        // What was waited in all contexts before each: those below one follow it.
        var before = new long[tree.Count + 1];
        for (var i = 0; i < tree.Count; i++)
        {
            self[i] = tree.Columns.SelfOf(i);
            before[i + 1] = before[i];
            if (i == 0 || !isWait[tree.Columns.MethodOf(i)])
                continue;
            before[i + 1] += self[i];
            self[i] = 0;
        }
        var cumulative = new long[tree.Count];
        var slowest = tree.Columns.Slowest is not null ? new SlowestColumn(tree.Count) : null;
        for (var i = 0; i < tree.Count; i++)
        {
            var leftOut = i == 0 ? 0 : before[tree.Columns.EndOf(i)] - before[i];
            cumulative[i] = tree.Columns.CumulativeOf(i) - leftOut;
            // Which call waited how long is not known.
            if (slowest is not null)
                slowest[i] = leftOut == 0 ? tree.Columns.SlowestOf(i) : SlowestCall.Unknown;
        }
        waited += before[tree.Count];
        return tree.WithTimes(self, cumulative, slowest);
    }

    // Callers are only known by name there: what they have of it stays theirs.
    static CallTree LeftOutOfTruncated(CallTree truncated, bool[] isWait, ref long waited)
    {
        var self = new long[truncated.Count];
        var cumulative = new long[truncated.Count];
        foreach (var method in truncated.Root.Children)
        {
            Set(method, isWait[method.Method]);
            waited += method.SelfTicks - self[method.Index];
            foreach (var caller in method.Children)
                Set(caller, isWait[method.Method]);
        }
        return truncated.WithTimes(self, cumulative);

        void Set(CallNode node, bool isLeftOut)
        {
            self[node.Index] = isLeftOut ? 0 : node.SelfTicks;
            cumulative[node.Index] = node.CumulativeTicks - node.SelfTicks + self[node.Index];
        }
    }

    static IEnumerable<string> Of(string type, params string[] methods) =>
        methods.Select(method => MethodLabel.External($"{type}.{method}").Name);
}
