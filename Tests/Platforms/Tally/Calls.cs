using System;
using System.Diagnostics;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;

namespace Tally;

/// <summary>What the program counts itself. Each member but <see cref="Least"/> and <see cref="Most"/> is a row of the
/// profile.</summary>
enum Call
{
    Main, Round, Fibonacci, Even, Odd, Numbers, Steps, Items, Sum, Threads, OnThread, OnPool, Try, Fail, Leaf, Lambda, Local,
    Box, Get, Value, Indexer, Dispose, Plus, Parse, Timed, Spin,

    /// <summary>Nanoseconds that passed within the last call of <see cref="Timed"/>, and around all.</summary>
    Least, Most,
}

/// <summary>Counts calls in a mapped file, which outlives the process whatever ends it.</summary>
static unsafe class Calls
{
    static readonly string[] Rows =
    [
        "Tally.Program.Main", "Tally.Work.Round", "Tally.Work.Fibonacci", "Tally.Work.Even", "Tally.Work.Odd", "Tally.Work.Numbers",
        "Tally.Work.Steps", "Tally.Work.Items", "Tally.Work.Sum", "Tally.Work.Threads", "Tally.Work.OnThread", "Tally.Work.OnPool",
        "Tally.Work.Try", "Tally.Work.Fail", "Tally.Work.Leaf", "Tally.Work.Threads.<lambda>", "Tally.Work.Round.Local",
        "Tally.Box<T>.Box", "Tally.Box<T>.Get<U>", "Tally.Box<T>.Value", "Tally.Box<T>.this[]", "Tally.Box<T>.Dispose",
        "Tally.Metres.operator +", "<System.Int32.Parse>", "Tally.Work.Timed", "Tally.Work.Spin", "", "",
    ];

    static long* counters;

    /// <summary>Makes the file, and beside it one that tells what is counted where.</summary>
    public static void Open(string path)
    {
        File.WriteAllLines(path + ".rows", Rows);
        // Both stay as long as the process.
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Rows.Length * sizeof(long));
        byte* start = null;
        file.CreateViewAccessor().SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        counters = (long*)start;
    }

    /// <summary>Counts a call.</summary>
    public static void Count(Call call) => Interlocked.Increment(ref counters[(int)call]);

    /// <summary>Notes how long something took.</summary>
    public static void Note(Call bound, Stopwatch watch) => counters[(int)bound] = (long)(watch.Elapsed.TotalMilliseconds * 1e6);

    /// <summary>How often something was called.</summary>
    public static long Of(Call call) => Volatile.Read(ref counters[(int)call]);
}
