namespace ProfilerWeaver.Tool;

/// <summary>A built program.</summary>
/// <param name="Assembly">The absolute path of its main assembly.</param>
/// <param name="Host">The absolute path of the executable to start it with; null: that of .NET itself.</param>
sealed record TargetProgram(string Assembly, string? Host)
{
    /// <summary>The settings for VSTest that its project names; null: none.</summary>
    public string? RunSettings { get; init; }

    public string Folder => Path.GetDirectoryName(Assembly)!;

    public string Name => Path.GetFileNameWithoutExtension(Assembly);

    public string RuntimeConfiguration => Path.ChangeExtension(Assembly, ".runtimeconfig.json");
}
