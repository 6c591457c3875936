using System.Collections.Concurrent;

namespace ProfilerWeaver.Tool;

/// <summary>Reads keys all the time. A terminal echoes by itself what is typed while nobody waits for a key, so that keys
/// typed ahead, or pasted, would be on the screen twice.</summary>
sealed class KeyReader
{
    readonly BlockingCollection<ConsoleKeyInfo> keys = [];

    public KeyReader()
    {
        // The first look initializes the terminal, which takes long; the prompt should not be there before.
        _ = Console.KeyAvailable;
        new Thread(ReadAll) { IsBackground = true, Name = "Keys" }.Start();
    }

    /// <returns>The next key; null if there will be none any more.</returns>
    public ConsoleKeyInfo? Next() => keys.TryTake(out var key, Timeout.Infinite) ? key : null;

    /// <summary>Waits for a key for a while.</summary>
    /// <param name="patience">How long.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether there was one.</returns>
    public bool Next(TimeSpan patience, out ConsoleKeyInfo key) => keys.TryTake(out key, patience);

    /// <summary>Whether there will be none any more.</summary>
    public bool HaveEnded => keys.IsCompleted;

    void ReadAll()
    {
        try
        {
            while (true)
                keys.Add(Console.ReadKey(intercept: true));
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            keys.CompleteAdding();
        }
    }
}
