using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>What a thread and the <see cref="Sampler"/> tell each other, in the thread's arena. Each field has one
/// writer.</summary>
[StructLayout(LayoutKind.Sequential)]
struct SampledThread
{
    /// <summary>Whether the thread's recording is sampled. The thread writes it.</summary>
    public bool IsOn;

    /// <summary>Whether the thread is at the recorder's own work, whose time is nobody's. The thread writes it.</summary>
    public bool IsAtOwnWork;

    /// <summary>The thread's clock (<see cref="SampledTime"/>). The thread writes it.</summary>
    public int Clock;

    /// <summary>What the clock said when the thread joined the recording. The thread writes it.</summary>
    public long Start;

    /// <summary>How many threads have used the arena, or recordings. The thread writes it, after <see cref="Start"/>.</summary>
    public int Joins;

    /// <summary>What <see cref="Joins"/> was at the last look. The sampler writes it.</summary>
    public int SeenJoins;

    /// <summary>What the clock said at the last look. The sampler writes it.</summary>
    public long Last;

    /// <summary>All that was charged in the arena while something was on the stack: the clock of calls for which the tree has
    /// no room. The sampler writes it.</summary>
    public long Charged;

    /// <summary>Lets the sampler charge the calling thread from now on.</summary>
    public void Join(SampledTime? time)
    {
        IsOn = time is not null;
        IsAtOwnWork = false;
        if (time is null)
            return;
        Clock = time.ClockOfThisThread();
        Start = time.Read(Clock);
        Volatile.Write(ref Joins, Joins + 1);
    }
}
