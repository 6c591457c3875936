using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>Writes the section that <see cref="ProfSection"/> describes from the threads that it is shown. What it keeps is
/// what it writes, some ten bytes a context.</summary>
sealed class ProfSectionWriter : ProfileVisitor
{
    const int ContextsOfBlock = 16 * 1024;

    readonly StringTable strings = new();
    readonly ByteWriter threads = new();
    readonly Column[] columns = new Column[ProfColumn.Count];
    int threadCount;

    // The current thread, whose number of trees is not known yet.
    ByteWriter trees = new();
    int treeCount;
    int id;
    string name = "";

    int contextsInBlock;
    int ended;

    // Whether the current block has a context of an async method.
    bool isAnyAsync;

    // Whether it has a figure that most contexts do not have.
    bool isAnyRare;

    public ProfSectionWriter()
    {
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new();
    }

    /// <summary>A recording as a section.</summary>
    public static ByteWriter Write(ProfileData profile)
    {
        var writer = new ProfSectionWriter();
        profile.VisitRecorded(writer);
        return writer.Finish(profile, profile.Methods);
    }

    public override void BeginThread(int id, string name)
    {
        EndThread();
        threadCount++;
        (this.id, this.name) = (id, name);
    }

    public override void BeginTree(bool isTruncated)
    {
        treeCount++;
        ended = 0;
    }

    public override void Enter(int method, in ContextFigures figures)
    {
        Put(ProfColumn.Method, (ulong)(method + 1));
        Put(ProfColumn.Ended, (ulong)ended);
        PutSigned(ProfColumn.Calls, figures.Calls);
        PutSigned(ProfColumn.Self, figures.SelfTicks);
        PutSigned(ProfColumn.Callees, unchecked(figures.CumulativeTicks - figures.SelfTicks));
        PutSigned(ProfColumn.Slowest, figures.SlowestTicks);
        PutSigned(ProfColumn.TruncatedCalls, figures.TruncatedCalls);
        // Most blocks have none of these.
        if (isAnyRare || (figures.RecursiveCalls | figures.Resumes | figures.Samples | figures.Occurrence.Profiles
            | figures.Occurrence.FewestCalls | figures.Occurrence.MostCalls) != 0)
        {
            PutRare(figures);
        }
        if (isAnyAsync || !figures.Async.IsEmpty)
            Put(figures.Async);
        ended = 0;
        if (++contextsInBlock == ContextsOfBlock)
            EndBlock();
    }

    public override void Leave() => ended++;

    public override void EndTree()
    {
        EndBlock();
        trees.Varint(0);
    }

    /// <summary>The section; the writer is used up.</summary>
    /// <param name="facts">What is to be said of the recording.</param>
    /// <param name="methods">The methods that the contexts have the indices of.</param>
    public ByteWriter Finish(ProfileData facts, IReadOnlyList<MethodLabel> methods)
    {
        EndThread();
        var content = new ByteWriter();
        WriteHeader(facts, content);
        WriteMethods(methods, content);
        content.Varint(ProfColumn.Count);
        for (var i = 0; i < ProfColumn.Count; i++)
        {
            content.Varint(strings.IndexOf(ProfColumn.Names[i]));
            content.Varint(strings.IndexOf(ProfColumn.Units[i]));
            content.Varint(ProfColumn.IsSigned(i) ? 1UL : 0UL);
        }
        content.Varint((ulong)threadCount);

        var section = ProfSection.Write(ProfSection.Magic, ProfSection.Version, strings.Write(), content, threads);
        if (facts.MethodOccurrences is { } occurrences)
            section.Append(OccurrenceSection.Write(occurrences));
        if (OriginSection.Write(methods) is { } origins)
            section.Append(origins);
        return section;
    }

    void PutRare(in ContextFigures figures)
    {
        isAnyRare = true;
        PutSigned(ProfColumn.RecursiveCalls, figures.RecursiveCalls);
        PutSigned(ProfColumn.Resumes, figures.Resumes);
        PutSigned(ProfColumn.Samples, figures.Samples);
        PutSigned(ProfColumn.Profiles, figures.Occurrence.Profiles);
        PutSigned(ProfColumn.FewestCalls, figures.Occurrence.FewestCalls);
        PutSigned(ProfColumn.MostCalls, figures.Occurrence.MostCalls);
    }

    void Put(in AsyncFigures figures)
    {
        isAnyAsync = true;
        PutSigned(ProfColumn.Key, figures.Key);
        PutSigned(ProfColumn.Continues, figures.Continues);
        PutSigned(ProfColumn.Elapsed, figures.ElapsedTicks);
        PutSigned(ProfColumn.Waiting, figures.WaitingTicks);
        PutSigned(ProfColumn.OpenCalls, figures.OpenCalls);
        PutSigned(ProfColumn.ResumesElsewhere, figures.ResumesElsewhere);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Put(int column, ulong value)
    {
        var numbers = columns[column];
        if (!numbers.IsUsed)
        {
            if (value == 0)
                return;
            Begin(numbers);
        }
        numbers.Bytes.Varint(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void PutSigned(int column, long value) => Put(column, (ulong)(value << 1 ^ value >> 63));

    // Most columns are 0 throughout most blocks: they are not written until it is known that they are not.
    void Begin(Column column)
    {
        column.IsUsed = true;
        for (var i = 0; i < contextsInBlock; i++)
            column.Bytes.Byte(0);
    }

    void EndBlock()
    {
        if (contextsInBlock == 0)
            return;
        // Of the methods also where there is a root only: a context takes a byte at least, which readers rely on.
        if (!columns[ProfColumn.Method].IsUsed)
            Begin(columns[ProfColumn.Method]);
        var used = 0;
        foreach (var column in columns)
            used += column.IsUsed ? 1 : 0;
        trees.Varint((ulong)contextsInBlock);
        trees.Varint((ulong)used);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            if (column.IsUsed)
            {
                trees.Varint((ulong)i);
                trees.Varint((ulong)column.Bytes.Length);
                column.Bytes.CopyTo(trees);
            }
            column.Bytes.Clear();
            column.IsUsed = false;
        }
        contextsInBlock = 0;
        isAnyAsync = false;
        isAnyRare = false;
    }

    void EndThread()
    {
        if (treeCount == 0)
            return;
        threads.Zigzag(id);
        threads.Varint(strings.IndexOf(name));
        threads.Varint((ulong)treeCount);
        threads.Append(trees);
        trees = new();
        treeCount = 0;
    }

    void WriteHeader(ProfileData facts, ByteWriter output)
    {
        output.Varint(strings.IndexOf(facts.Clock));
        output.Varint((ulong)facts.Unit);
        output.Varint(strings.IndexOf(facts.Program));
        output.Zigzag(facts.StartedUtc.Ticks);
        output.Zigzag(facts.Duration.Ticks);
        output.Zigzag(facts.JitTime.Ticks);
        output.Zigzag(facts.GcPauseTime.Ticks);
        output.Double(facts.SecondsPerTick);
        output.Double(facts.Overhead.CallTicks);
        output.Double(facts.Overhead.LeastTicks);
        output.Varint((ulong)((facts.Compensate ? ProfCompensation.IsWanted : 0) | (facts.Overhead.IsSampled ? ProfCompensation.IsSampled : 0)));
        output.Varint(facts.InterruptedCalls is { } calls ? (ulong)calls + 1 : 0);
        output.Varint((ulong)facts.Environment.Count);
        foreach (var fact in facts.Environment)
        {
            output.Varint(strings.IndexOf(fact.Key));
            output.Varint(strings.IndexOf(fact.Value));
        }
    }

    void WriteMethods(IReadOnlyList<MethodLabel> methods, ByteWriter output)
    {
        output.Varint((ulong)methods.Count);
        for (var i = 0; i < methods.Count; i++)
        {
            output.Varint(strings.IndexOf(methods[i].File));
            output.Varint((ulong)methods[i].Line);
            output.Varint(strings.IndexOf(methods[i].Name));
        }
    }

    /// <summary>A column of the current block.</summary>
    sealed class Column
    {
        public readonly ByteWriter Bytes = new();

        /// <summary>Whether it has a number that is not 0.</summary>
        public bool IsUsed;
    }
}
