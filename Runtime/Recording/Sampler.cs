namespace ProfilerWeaver;

/// <summary>
/// Times without a clock in the calls: again and again it looks which context is on top of each thread's stack, and charges
/// what has passed since its last look to that. A context of a tree has its ticks in <see cref="Node.Self"/> and the number of
/// looks in <see cref="Node.Samples"/>, which its thread leaves alone without a clock.
/// </summary>
/// <remarks>It reads the stacks while their threads go on: no thread ever waits for it but one that ends the recording or
/// takes a snapshot. Contexts and frames stay where they are as long as the process lives, so that whatever it finds on top
/// can be charged; at worst it is one that has just ended.</remarks>
/// <param name="recording">The number of the recording whose threads are looked at.</param>
/// <param name="time">What is charged.</param>
/// <param name="interval">How often it looks; infinite: only when it is asked.</param>
/// <param name="looked">What is done after each look.</param>
sealed unsafe class Sampler(int recording, SampledTime time, TimeSpan interval, Action looked)
{
    readonly RecorderLock gate = new();
    bool hasEnded;

    /// <summary>Looks at the threads from now on.</summary>
    public void Begin()
    {
        if (interval != Timeout.InfiniteTimeSpan)
            BackgroundThread.Begin("ProfilerWeaver sampler", Run);
    }

    /// <summary>Looks for the last time.</summary>
    public void End()
    {
        using (gate.Enter())
        {
            LookAtThreads();
            hasEnded = true;
        }
    }

    /// <summary>Charges what has passed since the last look, whoever made it.</summary>
    /// <returns>Whether the recording goes on.</returns>
    public bool Look()
    {
        using (gate.Enter())
        {
            LookAtThreads();
            return !hasEnded;
        }
    }

    // By what has passed, not by how often it woke: a late wake charges more.
    void Run()
    {
        do
            Pause.For(interval);
        while (Look());
    }

    void LookAtThreads()
    {
        if (hasEnded)
            return;
        for (var owner = ArenaPool.LastOwner; owner is not null; owner = owner.Previous)
        {
            var arena = owner.Arena;
            if (Volatile.Read(ref arena->Session) == recording && owner.IsAlive)
                LookAt(arena);
        }
        looked();
    }

    void LookAt(ThreadArena* arena)
    {
        ref var thread = ref arena->Sampled;
        var joins = Volatile.Read(ref thread.Joins);
        if (joins != thread.SeenJoins)
        {
            thread.SeenJoins = joins;
            thread.Last = thread.Start;
        }
        var now = time.Read(thread.Clock);
        var passed = now - thread.Last;
        // A thread that is ending has no clock any more.
        if (passed <= 0)
            return;
        thread.Last = now;
        var top = (Frame*)Volatile.Read(ref *(nint*)&arena->Stack.Top);
        if (top != arena->Stack.Base && top->Node != null && !Volatile.Read(ref thread.IsAtOwnWork) && Volatile.Read(ref thread.Joins) == joins)
            Charge(top->Node, passed, ref thread);
    }

    static void Charge(Node* node, long passed, ref SampledThread thread)
    {
        thread.Charged += passed;
        if (node->Method >= 0)
        {
            node->Self += passed;
            node->Samples++;
        }
        else if (TruncatedNode.Is(node))
        {
            // Its time is told by its thread, when it ends: that knows what else of the method is open.
            node->Samples++;
            node->LastChild->Samples++;
        }
    }
}
