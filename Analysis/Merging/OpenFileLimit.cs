namespace ProfilerWeaver;

/// <summary>How many files may be open at once.</summary>
static class OpenFileLimit
{
    // ENFILE and EMFILE, the same on Linux and macOS; Windows has no such limit.
    const int OfSystem = 23;
    const int OfProcess = 24;

    /// <summary>Whether an exception says that no more can be opened, which is no fault of the file.</summary>
    public static bool IsReached(Exception e) => e is IOException { HResult: OfSystem or OfProcess };
}
