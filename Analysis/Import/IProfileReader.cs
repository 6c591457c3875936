namespace ProfilerWeaver;

/// <summary>Reads the profiles of another tool.</summary>
interface IProfileReader
{
    /// <summary>Whether a file is in this format, as far as its beginning tells.</summary>
    bool Recognizes(ReadOnlySpan<byte> beginning);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidProfileException">It is damaged.</exception>
    ForeignContent Read(ForeignFile file);
}
