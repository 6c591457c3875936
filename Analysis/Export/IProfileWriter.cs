namespace ProfilerWeaver;

/// <summary>Writes profiles in the format of another tool.</summary>
interface IProfileWriter
{
    /// <summary>Writes a profile to a stream, which stays open.</summary>
    /// <exception cref="InvalidOperationException">The format needs call trees, and the profile has none.</exception>
    void Write(ExportedProfile profile, Stream output);
}
