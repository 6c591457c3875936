namespace ProfilerWeaver.Tool;

/// <summary>The .NET that runs the tool, and runs programs.</summary>
static class DotNet
{
    /// <summary>Its folder, with <c>shared</c> in it.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    /// <summary>The executable <c>dotnet</c>.</summary>
    public static string Host { get; } = Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
