using System.Collections;

namespace ProfilerWeaver;

/// <summary>
/// One calling context: a method together with the chain of callers that leads to it. Its figures cover exactly the
/// calls made through that chain. A view into the columns of a <see cref="CallTree"/>, as cheap as an index.
/// </summary>
public readonly struct CallNode : IEquatable<CallNode>
{
    readonly ContextColumns columns;

    internal CallNode(ContextColumns columns, int index)
    {
        this.columns = columns;
        Index = index;
    }

    /// <summary>Its place in the preorder of the tree, from 0, the root.</summary>
    public int Index { get; }

    /// <summary>The index of the method in <see cref="ProfileData.Methods"/>; -1 for the root of a thread.</summary>
    public int Method => columns.MethodOf(Index);

    /// <summary>How often the method was called in this context. A resume of an async method or iterator is not a
    /// call.</summary>
    public long Calls => columns.CallsOf(Index);

    /// <summary>How many of the <see cref="Calls"/> were made while this context was already active. In a full tree every
    /// nested call has its own context, so this is 0; in a flat recording it may not be.</summary>
    public long RecursiveCalls => columns.RecursiveOf(Index);

    /// <summary>How often a suspended async method or iterator was resumed in this context.</summary>
    public long Resumes => columns.ResumesOf(Index);

    /// <summary>Time in the method itself, in ticks of the profile's clock; negative only if that clock ran
    /// backwards.</summary>
    public long SelfTicks => columns.SelfOf(Index);

    /// <summary>Time from entry to exit, including callees, in ticks of the profile's clock.</summary>
    public long CumulativeTicks => columns.CumulativeOf(Index);

    /// <summary>How many calls from this context are missing from <see cref="Children"/> because the tree had no room:
    /// they, and their callees, are in <see cref="ThreadTree.Truncated"/>.</summary>
    public long TruncatedCalls => columns.TruncatedOf(Index);

    /// <summary>How often the method was found on top of its thread's stack in this context, if the profile's clock is
    /// sampled; otherwise 0. <see cref="SelfTicks"/> is as exact as these are many.</summary>
    public long Samples => columns.SamplesOf(Index);

    /// <summary>Of an async method: the time from the first entry of each activation to its completion, in ticks of the profile's
    /// clock, added up. Those that have not completed count up to when the profile was read. 0 if it was not measured, as with
    /// clocks of a thread, or with sampled ones, or if nothing in the recording was ever suspended.</summary>
    public long ElapsedTicks => columns.AsyncOf(Index).ElapsedTicks;

    /// <summary>The part of <see cref="ElapsedTicks"/> in which no thread was in the activation: it waited for something, or for a
    /// thread.</summary>
    public long WaitingTicks => columns.AsyncOf(Index).WaitingTicks;

    /// <summary>Of an async method: how many of the <see cref="Calls"/> were suspended and had not completed.</summary>
    public long OpenCalls => columns.AsyncOf(Index).OpenCalls;

    /// <summary>How long the longest call took, in ticks of the profile's clock; of an async method from the first entry to its
    /// completion, of an iterator the longest step. 0 if it is not known: docs/semantics.md says when.</summary>
    public long SlowestTicks => Math.Max(0, columns.SlowestOf(Index));

    /// <summary>The contexts entered from this one, in the order of their first call.</summary>
    public CallNodeChildren Children => new(columns, Index);

    /// <inheritdoc/>
    public bool Equals(CallNode other) => columns == other.columns && Index == other.Index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CallNode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Index;

    /// <summary>Whether both are the same context of the same tree.</summary>
    public static bool operator ==(CallNode left, CallNode right) => left.Equals(right);

    /// <summary>Whether they are different contexts.</summary>
    public static bool operator !=(CallNode left, CallNode right) => !left.Equals(right);
}

/// <summary>The contexts entered from one context.</summary>
public readonly struct CallNodeChildren : IEnumerable<CallNode>
{
    readonly ContextColumns columns;
    readonly int parent;

    internal CallNodeChildren(ContextColumns columns, int parent)
    {
        this.columns = columns;
        this.parent = parent;
    }

    /// <summary>Goes through them in the order of their first call.</summary>
    public Enumerator GetEnumerator() => new(columns, parent);

    IEnumerator<CallNode> IEnumerable<CallNode>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes from one child to the next.</summary>
    public struct Enumerator : IEnumerator<CallNode>
    {
        readonly ContextColumns columns;
        readonly int parent;
        int index;

        internal Enumerator(ContextColumns columns, int parent)
        {
            this.columns = columns;
            this.parent = parent;
            index = parent;
        }

        /// <inheritdoc/>
        public readonly CallNode Current => new(columns, index);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            index = index == parent ? parent + 1 : columns.EndOf(index);
            return index < columns.EndOf(parent);
        }

        /// <inheritdoc/>
        public void Reset() => index = parent;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
