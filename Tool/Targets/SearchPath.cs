namespace ProfilerWeaver.Tool;

/// <summary>Where commands are looked for.</summary>
static class SearchPath
{
    /// <summary>The folders of the variable PATH.</summary>
    public static string[] Folders { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
