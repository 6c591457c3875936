namespace ProfilerWeaver;

/// <summary>A file is not a profile, or is damaged.</summary>
/// <param name="file">The path of the file, or the name that the caller gave a stream.</param>
/// <param name="offset">Where it goes wrong, in bytes from the start.</param>
/// <param name="reason">What was found there, as a sentence without its full stop.</param>
public sealed class InvalidProfileException(string file, long offset, string reason)
    : Exception($"'{Printable.Text(file)}' cannot be read as a profile: {reason} (at byte {offset}).")
{
    /// <summary>The path of the file, or the name that the caller gave a stream.</summary>
    public string File { get; } = file;

    /// <summary>Where it goes wrong, in bytes from the start.</summary>
    public long Offset { get; } = offset;

    /// <summary>What was found there.</summary>
    public string Reason { get; } = reason;
}
