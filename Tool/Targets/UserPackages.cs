namespace ProfilerWeaver.Tool;

/// <summary>The packages that NuGet has restored for the user.</summary>
static class UserPackages
{
    /// <summary>Where they are, unless NuGet's settings say otherwise.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
