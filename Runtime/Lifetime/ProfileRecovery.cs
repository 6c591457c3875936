namespace ProfilerWeaver;

/// <summary>
/// Turns the live file that a killed process left beside its output (<c>App.prof.live</c>) into a profile.
/// </summary>
/// <remarks>Readers such as <see cref="ProfFile.Read(string)"/> and <see cref="Stats"/> open a live file as it is; other
/// tools need the profile. The next run of the program recovers what it finds in its way by itself.</remarks>
public static class ProfileRecovery
{
    /// <summary>Writes the profile in a live file and removes the live file. All calls that had ended are in it; those that
    /// had not count as ended at the last instant that was recorded
    /// (<see cref="ProfileData.InterruptedCalls"/>).</summary>
    /// <param name="livePath">The live file.</param>
    /// <param name="outputPath">Where to write; a file that exists is replaced. By default the path of the live file
    /// without <c>.live</c>, or if there is a file, with the number of the process: <c>App-1234.prof</c>.</param>
    /// <returns>Where the profile is.</returns>
    /// <exception cref="InvalidProfileException">The file is damaged.</exception>
    /// <exception cref="EmptyProfileException">No method had been called; the live file is still there.</exception>
    /// <exception cref="IOException">The file is no live file, or the process is still running, or a file cannot be opened
    /// or written; the file is still there.</exception>
    public static string Recover(string livePath, string? outputPath = null)
    {
        if (livePath is null)
            throw new ArgumentNullException(nameof(livePath));
        CheckHeader(livePath);
        using var file = Claim(livePath);
        var output = LiveFileReader.Read(livePath, profile => Recover(file, profile, livePath, outputPath));
        file.Delete();
        return output;
    }

    /// <summary>Recovers what a killed process left in the way of this one, and tells of it. Never throws.</summary>
    internal static void RecoverAbandoned(string livePath)
    {
        try
        {
            using var file = Claim(livePath);
            // Nothing is lost where the process was killed before its first call, or by a signal that had its profile
            // written.
            var output = LiveFileReader.Read(livePath, profile =>
                profile.IsEmpty() || file.WasWritten(profile.Facts.Duration) ? null : Recover(file, profile, livePath, null));
            file.Delete();
            var part = file.HasOnlyPart ? " (only part of it, because the disk was full)" : "";
            if (output is not null)
                Complaint.Say($"an earlier run was killed; its profile has been recovered as {output}{part}");
        }
        catch (Exception e)
        {
            Complaint.Say($"an earlier run was killed; what it recorded is still in {livePath}, but no profile could be " +
                $"made of it: {e.Message}");
        }
    }

    static string Recover(LiveFileAccess file, ProfileSource profile, string livePath, string? outputPath)
    {
        var output = outputPath ?? DefaultOutput(livePath, file.ProcessId);
        ProfFile.Write(profile, output);
        return output;
    }

    static void CheckHeader(string path)
    {
        if (!LiveFileAccess.IsOurs(path))
        {
            throw new IOException($"'{path}' is no live file, which a killed process leaves with {LiveFile.Suffix} at the " +
                "end of its name. If it is a profile, there is nothing to recover.");
        }
    }

    static LiveFileAccess Claim(string livePath)
    {
        try
        {
            return LiveFileAccess.Open(livePath, FileMode.Open);
        }
        catch (IOException e) when (LiveFileAccess.IsInUse(e))
        {
            throw new IOException($"'{livePath}' cannot be turned into a profile: the process that records into it is " +
                "still running. Read it as it is, or wait until the process has ended.", e);
        }
    }

    static string DefaultOutput(string livePath, int processId)
    {
        var output = livePath.EndsWith(LiveFile.Suffix, StringComparison.Ordinal)
            ? livePath.Substring(0, livePath.Length - LiveFile.Suffix.Length)
            : livePath + ".prof";
        return File.Exists(output) ? OutputPath.FreeFor(output, processId) : output;
    }
}
