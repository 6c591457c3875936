namespace ProfilerWeaver.Tests;

/// <summary>A folder that is removed with everything in it.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Location { get; } = Directory.CreateTempSubdirectory("ProfilerWeaver.").FullName;

    public string File(string name) => Path.Combine(Location, name);

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
