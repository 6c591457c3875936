using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>
/// A lock that threads of the program take in the midst of a call of theirs. An interrupt that ends the wait for it is
/// meant for a wait of the program's, and is left for the next one.
/// </summary>
sealed class RecorderLock
{
    /// <summary>Takes the lock.</summary>
    /// <returns>What gives it back.</returns>
    public Held Enter()
    {
        var interrupted = false;
        while (true)
        {
            try
            {
                Monitor.Enter(this);
                break;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }
        if (interrupted)
            PassOnInterrupt();
        return new(this);
    }

    /// <summary>Gives the lock back until <see cref="PulseAll"/>, and takes it again.</summary>
    /// <param name="milliseconds">How long to wait at most; after an interrupt, once more.</param>
    public void Wait(int milliseconds)
    {
        try
        {
            Monitor.Wait(this, milliseconds);
        }
        catch (ThreadInterruptedException)
        {
            Wait(milliseconds);
            PassOnInterrupt();
        }
    }

    /// <summary>Ends the waits of others, once the lock is given back.</summary>
    public void PulseAll() => Monitor.PulseAll(this);

    // Apart, so that taking the lock does not prepare for a native call each time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void PassOnInterrupt() => Thread.CurrentThread.Interrupt();

    /// <summary>The lock, as long as it is held.</summary>
    public readonly struct Held(RecorderLock taken) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => Monitor.Exit(taken);
    }
}
