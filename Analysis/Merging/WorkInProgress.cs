namespace ProfilerWeaver;

/// <summary>What is worked on at once: so many pieces at most, and so many bytes, unless one alone takes more.</summary>
/// <param name="most">The number of pieces.</param>
/// <param name="mostBytes">The bytes that all of them may take.</param>
sealed class WorkInProgress(int most, long mostBytes)
{
    readonly object changed = new();
    int count;
    long bytes;

    /// <summary>Waits until there is room for another piece.</summary>
    public void Enter(long bytesOfPiece)
    {
        lock (changed)
        {
            while (count > 0 && (count == most || bytes + bytesOfPiece > mostBytes))
                Monitor.Wait(changed);
            count++;
            bytes += bytesOfPiece;
        }
    }

    /// <summary>A piece is done.</summary>
    public void Leave(long bytesOfPiece)
    {
        lock (changed)
        {
            count--;
            bytes -= bytesOfPiece;
            Monitor.PulseAll(changed);
        }
    }
}
