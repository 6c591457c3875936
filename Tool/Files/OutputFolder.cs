namespace ProfilerWeaver.Tool;

/// <summary>The folder in which something is to be written.</summary>
static class OutputFolder
{
    /// <summary>Why nothing can be written there, and what to do; null if it is a folder.</summary>
    /// <param name="folder">Its full path.</param>
    public static string? Fault(string folder)
    {
        if (Directory.Exists(folder))
            return null;
        for (var outer = folder; outer is not null; outer = Path.GetDirectoryName(outer))
        {
            if (File.Exists(outer))
                return $"{outer} is a file, not a folder. Choose another path.";
        }
        return $"the folder {folder} does not exist. Create it first.";
    }
}
