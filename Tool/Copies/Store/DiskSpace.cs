namespace ProfilerWeaver.Tool;

/// <summary>How much space files take.</summary>
static class DiskSpace
{
    static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>The bytes of the files below a folder. What lies elsewhere too takes no space of its own.</summary>
    public static long Of(DirectoryInfo folder)
    {
        var sum = 0L;
        try
        {
            foreach (var file in folder.EnumerateFiles("*", WithoutLinks))
            {
                if (FileStatus.Of(file.FullName) is null or { Names: 1 })
                    sum += file.Length;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Somebody removes it.
        }
        return sum;
    }
}
