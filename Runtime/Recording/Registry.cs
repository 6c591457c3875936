using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The way into the recorder's memory: which modules have run, and which recordings there were with which threads. It
/// lies in that memory itself, so a reader of the live file finds all that a snapshot in the process does. Lists grow
/// at their head only, and an entry is complete before it is published.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct Registry
{
    static readonly RecorderLock Gate = new();
    static Registry* s_current;

    ModuleEntry* modules;
    RecordingEntry* recordings;

    /// <summary>The name of the program.</summary>
    public TextBlock* Program;

    /// <summary>Whether the registry, and so what is recorded, lies in a live file.</summary>
    public static bool IsInFile { get; private set; }

    /// <summary>The module that was registered last.</summary>
    public readonly ModuleEntry* Modules => modules;

    /// <summary>The recording that began last.</summary>
    public readonly RecordingEntry* Recordings => recordings;

    /// <summary>Lets a live file hold everything from now on. Nothing may have been recorded yet.</summary>
    public static void MoveInto(RecordingStore file)
    {
        RecorderMemory.OfProcess.MoveInto(file);
        using (Gate.Enter())
        {
            s_current = Create();
            IsInFile = file.Publish(s_current);
        }
    }

    /// <summary>Publishes a module.</summary>
    public static void Add(ModuleEntry* entry)
    {
        using (Gate.Enter())
        {
            var registry = Current();
            entry->Next = registry->modules;
            Volatile.Write(ref *(nint*)&registry->modules, (nint)entry);
        }
    }

    /// <summary>Publishes a recording.</summary>
    public static void Add(RecordingEntry* entry)
    {
        using (Gate.Enter())
        {
            var registry = Current();
            entry->Next = registry->recordings;
            Volatile.Write(ref *(nint*)&registry->recordings, (nint)entry);
        }
    }

    /// <summary>The entry of a recording that has begun.</summary>
    public static RecordingEntry* Find(int recording)
    {
        using (Gate.Enter())
        {
            var entry = Current()->recordings;
            while (entry->Number != recording)
                entry = entry->Next;
            return entry;
        }
    }

    /// <summary>Notes that what the program's own profile has recorded so far is not to be part of it.</summary>
    public static void DiscardAutomatic()
    {
        using (Gate.Enter())
        {
            for (var entry = Current()->recordings; entry != null; entry = entry->Next)
                entry->IsDiscarded |= entry->IsAutomatic;
        }
    }

    static Registry* Current() => s_current != null ? s_current : s_current = Create();

    static Registry* Create()
    {
        var registry = (Registry*)RecorderMemory.OfProcess.Allocate(sizeof(Registry));
        registry->Program = TextBlock.Create(ThisProcess.Name);
        return registry;
    }
}

/// <summary>A woven module that has run.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct ModuleEntry
{
    /// <summary>The module that was registered before.</summary>
    public ModuleEntry* Next;

    /// <summary>The copy of its method table.</summary>
    public byte* Table;

    /// <summary>The length of the table in bytes.</summary>
    public int Length;

    /// <summary>The id of its first method.</summary>
    public int FirstId;
}

/// <summary>A stretch of recording (<see cref="Recording"/>).</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct RecordingEntry
{
    /// <summary>The recording that began before.</summary>
    public RecordingEntry* Next;

    /// <summary>The thread that joined last.</summary>
    public ThreadEntry* Threads;

    /// <summary>The finished recording as in a <c>.prof</c> file; null as long as the threads' trees hold it.</summary>
    public byte* Section;

    /// <summary>The length of <see cref="Section"/> in bytes.</summary>
    public long SectionLength;

    /// <summary>The calls for which there was no room in the trees (<see cref="TruncatedTable"/>); null if there were
    /// none.</summary>
    public Node* Truncated;

    /// <summary>The root of the thread that made all of <see cref="Truncated"/>; null if it was several.</summary>
    public Node* TruncatedBy;

    /// <summary>What the clock is called.</summary>
    public TextBlock* Clock;

    /// <summary>The length of a tick as far as it is known by now; 0 if it is not.</summary>
    public double SecondsPerTick;

    /// <summary>What recording adds (<see cref="RecordingOverhead"/>), in ticks; 0 as long as nobody has measured
    /// it.</summary>
    public double CallOverhead, LeastOverhead;

    /// <summary>When it began, in units of 100 ns since 0001-01-01 UTC.</summary>
    public long StartedUtc;

    /// <summary>How long it has been running when it was seen last, in units of 100 ns.</summary>
    public long Duration;

    /// <summary>The clock when it began; 0 if it is not one of all threads.</summary>
    public long Start;

    /// <summary>The clock when something other than a call saw it last; the end, if it has ended.</summary>
    public long LastSeen;

    /// <summary>Tells it from other recordings of the process.</summary>
    public int Number;

    /// <summary>What the clock counts (<see cref="ClockUnit"/>).</summary>
    public int Unit;

    /// <summary>Whether threads have clocks of their own.</summary>
    public bool ClockIsOfThread;

    /// <summary>Whether the clock may run backwards.</summary>
    public bool ClockIsCustom;

    /// <summary>Whether a <see cref="Sampler"/> told where the time went.</summary>
    public bool ClockIsSampled;

    /// <summary>Whether it belongs to the profile that is written when the program ends.</summary>
    public bool IsAutomatic;

    /// <summary>Whether readers are to take the overhead off.</summary>
    public bool Compensate;

    /// <summary>Whether it has ended, at <see cref="LastSeen"/>.</summary>
    public bool HasEnded;

    /// <summary>Whether the program wanted it forgotten.</summary>
    public bool IsDiscarded;
}

/// <summary>A thread that took part in a recording.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct ThreadEntry
{
    /// <summary>The thread that joined before.</summary>
    public ThreadEntry* Next;

    /// <summary>Its stack, as long as <see cref="ThreadArena.Root"/> is this one's <see cref="Root"/>.</summary>
    public ThreadArena* Arena;

    /// <summary>Its tree, as long as <see cref="ThreadArena.Session"/> is the recording's number.</summary>
    public Node* Root;

    /// <summary>The name that it had when it joined.</summary>
    public TextBlock* Name;

    /// <summary>Its number in the recording, from 1.</summary>
    public int Id;
}

/// <summary>A text in the recorder's memory: this head, followed by its UTF-16 code units.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct TextBlock
{
    /// <summary>The number of code units.</summary>
    public int Length;

    /// <summary>Copies a text; null for an empty one.</summary>
    public static TextBlock* Create(string text)
    {
        if (text.Length == 0)
            return null;
        var block = (TextBlock*)RecorderMemory.OfProcess.Allocate(sizeof(TextBlock) + text.Length * sizeof(char));
        block->Length = text.Length;
        for (var i = 0; i < text.Length; i++)
            ((char*)(block + 1))[i] = text[i];
        return block;
    }
}
