namespace ProfilerWeaver.Tool;

/// <summary>Where a running program is told to write its profile.</summary>
static class RunningOutput
{
    /// <summary>The path as the program is to take it, whose folder is another one; null: where it wants to.</summary>
    /// <exception cref="ToolException">There is no such folder.</exception>
    public static string? Path(string? given)
    {
        if (given is null)
            return null;
        var path = System.IO.Path.GetFullPath(given);
        if (FilePlace.Of(path).Path.EndsWith(LiveFile.Suffix, StringComparison.Ordinal))
        {
            throw new ToolException($"-o {given} is a live file ({LiveFile.Suffix}), in which a program keeps what it records. Choose another name.",
                ToolException.Usage);
        }
        return Directory.Exists(path) ? throw new ToolException($"-o {given} is a folder. Specify a file in it.")
            : OutputFolder.Fault(System.IO.Path.GetDirectoryName(path)!) is { } fault ? throw new ToolException($"-o {given} cannot be written: {fault}")
            : path;
    }
}
