namespace ProfilerWeaver;

/// <summary>Threads of our own. Not the program's thread pool, which may be busy; they do not keep the process
/// alive.</summary>
static class BackgroundThread
{
    /// <summary>Begins one.</summary>
    /// <param name="name">What a debugger shows.</param>
    /// <param name="run">What it does.</param>
    public static void Begin(string name, Action run)
    {
        var thread = new Thread(() => run()) { IsBackground = true, Name = name };
        // What the program has put into the context of its thread stays there: this one would keep it for ever.
#if NET8_0_OR_GREATER
        thread.UnsafeStart();
#else
        if (ExecutionContext.IsFlowSuppressed())
        {
            thread.Start();
            return;
        }
        using (ExecutionContext.SuppressFlow())
            thread.Start();
#endif
    }
}
