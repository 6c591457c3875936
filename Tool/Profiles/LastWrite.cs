namespace ProfilerWeaver.Tool;

/// <summary>When a file was written, which tells whether somebody has written it since.</summary>
static class LastWrite
{
    /// <summary>Null if there is no such file; of a link, that of the file which it leads to.</summary>
    public static DateTime? To(string file)
    {
        if (!File.Exists(file))
            return null;
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName;
        return File.GetLastWriteTimeUtc(target ?? file);
    }
}
