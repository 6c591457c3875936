using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>A context of a <see cref="SumTree"/>, and the figures that most contexts have.</summary>
struct SumNode
{
    /// <summary>The number of the method; -1 for the root.</summary>
    public int Method;

    /// <summary>The context that this one is below; itself for the root.</summary>
    public int Parent;

    /// <summary>The contexts below this one, one after the other; 0: none.</summary>
    public int FirstChild;

    /// <inheritdoc cref="FirstChild"/>
    public int LastChild;

    /// <summary>The next context below the same one; 0: none.</summary>
    public int Next;

    /// <summary>The context below this one that was found last; 0: none.</summary>
    public int Found;

    /// <summary>Where the other figures are; -1: they are all 0.</summary>
    public int Others;

    /// <summary>The last profile that has the context, if that profile is none that was merged.</summary>
    public int Profile;

    /// <summary>The calls in that one.</summary>
    public long CallsOfProfile;

    /// <summary>The sum of the calls.</summary>
    public long Calls;

    /// <summary>The sum of the own times.</summary>
    public long SelfTicks;

    /// <summary>The longest call.</summary>
    public long SlowestTicks;

    /// <summary>How the calls are spread over the profiles but for <see cref="Profile"/>.</summary>
    public Occurrence OfOthers;

    /// <summary>How the calls are spread over all profiles.</summary>
    public readonly Occurrence Occurrence => Profile == 0 ? OfOthers : OfOthers.And(new(1, CallsOfProfile, CallsOfProfile));

    /// <summary>Notes the calls of a context of a profile, which may have several that are one here.</summary>
    [MethodImpl(HotLoop.Optimized)]
    public void NoteCalls(int profile, long calls)
    {
        if (Profile == profile)
        {
            CallsOfProfile += calls;
            return;
        }
        OfOthers = Occurrence;
        (Profile, CallsOfProfile) = (profile, calls);
    }

    /// <summary>Adds the figures of the same context in other profiles.</summary>
    [MethodImpl(HotLoop.Optimized)]
    public void Add(in SumNode other)
    {
        Calls += other.Calls;
        SelfTicks += other.SelfTicks;
        SlowestTicks = SlowestCall.Of(SlowestTicks, other.SlowestTicks);
        OfOthers = OfOthers.And(other.Occurrence);
    }
}
