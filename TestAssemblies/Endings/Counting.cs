using System.IO.MemoryMappedFiles;

namespace Scenarios;

/// <summary>Counts its own calls in a file that outlives the process.</summary>
static class Counting
{
    /// <summary>How many threads count, each in a number of its own.</summary>
    const int Threads = 3;

    static MemoryMappedViewAccessor counters = null!;

    /// <param name="path">The file.</param>
    /// <param name="calls">After how many calls the first thread does <paramref name="ending"/>.</param>
    /// <param name="ending">How the process ends; if it returns, the threads go on.</param>
    public static int Run(string path, long calls, Action ending)
    {
        using var file = MemoryMappedFile.CreateFromFile(
            path, FileMode.Create, null, Threads * sizeof(long), MemoryMappedFileAccess.ReadWrite);
        counters = file.CreateViewAccessor();
        for (var i = 1; i < Threads; i++)
        {
            var index = i;
            new Thread(() => Count(index, long.MaxValue, () => { })) { IsBackground = true, Name = $"counter {i}" }.Start();
        }
        Console.WriteLine("counts");
        Count(0, calls, ending);
        return -1;
    }

    /// <summary>Counts in async methods, which go on on whatever thread is free.</summary>
    /// <param name="path">The file.</param>
    public static int RunAsync(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(
            path, FileMode.Create, null, Threads * sizeof(long), MemoryMappedFileAccess.ReadWrite);
        counters = file.CreateViewAccessor();
        for (var i = 0; i < Threads; i++)
        {
            var index = i;
            _ = Task.Run(() => CountAsync(index));
        }
        Console.WriteLine("counts");
        Thread.Sleep(Timeout.Infinite);
        return -1;
    }

    static async Task CountAsync(int index)
    {
        var random = new Random(index);
        for (var counted = 0L; ;)
            counted = await BranchAsync(index, counted, random.Next(1, 12), random);
    }

    static async Task<long> BranchAsync(int index, long counted, int depth, Random random)
    {
        if (random.Next(3) == 0)
            await Task.Yield();
        if (depth == 0)
        {
            Leaf();
            counters.Write(index * sizeof(long), ++counted);
            return counted;
        }
        for (var i = random.Next(3); i >= 0; i--)
            counted = await BranchAsync(index, counted, depth - 1, random);
        return counted;
    }

    static void Count(int index, long calls, Action ending)
    {
        var random = new Random(index);
        for (var counted = 0L; ;)
        {
            counted = Branch(index, counted, random.Next(1, 12), random);
            if (counted < calls)
                continue;
            calls = long.MaxValue;
            ending();
        }
    }

    // Random trees: new contexts and deeper stacks all the time.
    static long Branch(int index, long counted, int depth, Random random)
    {
        if (depth == 0)
        {
            Leaf();
            // Only now it has ended.
            counters.Write(index * sizeof(long), ++counted);
            return counted;
        }
        for (var i = random.Next(3); i >= 0; i--)
            counted = i % 2 == 0 ? Branch(index, counted, depth - 1, random) : Fork(index, counted, depth - 1, random);
        return counted;
    }

    static long Fork(int index, long counted, int depth, Random random) => Branch(index, counted, depth, random);

    static void Leaf()
    {
    }

    /// <summary>2^15 - 1 calls, each in a context of its own: 2 MB of them.</summary>
    public static int Grow()
    {
        Console.WriteLine(Double(14));
        return 0;
    }

    static int Double(int depth) => depth == 0 ? 1 : 1 + Double(depth - 1) + Twin(depth - 1);

    static int Twin(int depth) => depth == 0 ? 1 : 1 + Double(depth - 1) + Twin(depth - 1);
}
