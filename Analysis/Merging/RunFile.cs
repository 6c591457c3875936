namespace ProfilerWeaver;

/// <summary>A merged tree on disk, of which a part is in memory at a time. Its contexts are in preorder, and callees in the order of
/// their labels; the times are as in <see cref="NanosecondTree"/>.</summary>
/// <remarks>For each context: how many end before it, which figures are not 0, the method's number + 1, and those figures.</remarks>
static class RunFile
{
    const int BufferSize = 1 << 16;

    /// <summary>How many figures a context may have.</summary>
    public const int Figures = 15;

    /// <summary>A place for a tree, of which nothing is left when it is closed, or when the process ends, whatever ends it.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static Stream Create()
    {
        try
        {
            return CreateIn(Path.GetTempPath());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Trouble(e);
        }
    }

    /// <summary>What to say when there is no place, or no room.</summary>
    public static IOException Trouble(Exception e) =>
        new($"What does not fit in memory cannot be kept in {Path.GetTempPath()}: {e.Message} Set TMPDIR (Windows: TMP) to a folder with more room, or raise the memory limit.", e);

    static FileStream CreateIn(string folder)
    {
        var path = Path.Combine(folder, "ProfilerWeaver.merge." + Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = BufferSize };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // It is there as long as it is open.
        File.Delete(path);
        return file;
    }

    public static void Store(in ContextFigures from, Span<long> to)
    {
        to[0] = from.Calls;
        to[1] = from.RecursiveCalls;
        to[2] = from.Resumes;
        to[3] = from.SelfTicks;
        to[4] = from.CumulativeTicks;
        to[5] = from.TruncatedCalls;
        to[6] = from.Samples;
        to[7] = from.SlowestTicks;
        to[8] = from.Occurrence.Profiles;
        to[9] = from.Occurrence.FewestCalls;
        to[10] = from.Occurrence.MostCalls;
        to[11] = from.Async.ElapsedTicks;
        to[12] = from.Async.WaitingTicks;
        to[13] = from.Async.OpenCalls;
        to[14] = from.Async.ResumesElsewhere;
    }

    public static ContextFigures Load(ReadOnlySpan<long> from) => new()
    {
        Calls = from[0],
        RecursiveCalls = from[1],
        Resumes = from[2],
        SelfTicks = from[3],
        CumulativeTicks = from[4],
        TruncatedCalls = from[5],
        Samples = from[6],
        SlowestTicks = from[7],
        Occurrence = new(from[8], from[9], from[10]),
        Async = new() { ElapsedTicks = from[11], WaitingTicks = from[12], OpenCalls = from[13], ResumesElsewhere = from[14] },
    };
}
