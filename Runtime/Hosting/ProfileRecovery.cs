namespace ProfilerWeaver;

/// <summary>
/// Turns the live file of a killed process, next to its output (<c>App.prof.live</c>), into a profile.
/// </summary>
/// <remarks>Readers such as <see cref="ProfFile.Read(string)"/> open a live file as it is; other
/// tools need the profile. The program's next run recovers a leftover live file automatically.</remarks>
public static class ProfileRecovery
{
    /// <summary>Writes the profile from a live file and deletes the live file. It contains all finished calls; unfinished
    /// ones count as ending at the last recorded instant (<see cref="ProfileData.InterruptedCalls"/>).</summary>
    /// <param name="livePath">The live file.</param>
    /// <param name="outputPath">Where to write; an existing file is replaced. By default the live file's path without
    /// <c>.live</c>; if that file exists, with the process id added: <c>App-1234.prof</c>.</param>
    /// <returns>The path of the profile.</returns>
    /// <exception cref="InvalidProfileException">The file is damaged.</exception>
    /// <exception cref="EmptyProfileException">No method was called; the live file is kept.</exception>
    /// <exception cref="IOException">The file is not a live file, the process is still running, or a file cannot be opened
    /// or written; the live file is kept.</exception>
    public static string Recover(string livePath, string? outputPath = null)
    {
        if (livePath is null)
            throw new ArgumentNullException(nameof(livePath));
        CheckHeader(livePath);
        using var file = Claim(livePath);
        var output = LiveFileReader.Read(livePath, file.Content, profile => Recover(file, profile, livePath, outputPath));
        file.Delete();
        AtomicFile.RemoveUnfinished(IntendedOutput(livePath), file.ProcessId);
        return output;
    }

    /// <summary>Recovers what a killed process left in the way of this one, and tells of it. Never throws.</summary>
    /// <param name="livePath">Its live file.</param>
    /// <param name="outputPath">What it would have written.</param>
    internal static void RecoverAbandoned(string livePath, string outputPath)
    {
        try
        {
            using var file = Claim(livePath);
            // Nothing is lost where the process was killed before its first call, or by a signal that had its profile
            // written.
            var output = LiveFileReader.Read(livePath, file.Content, profile =>
                profile.IsEmpty() || file.WasWritten(profile.Facts.Duration) ? null : Recover(file, profile, livePath, null));
            file.Delete();
            AtomicFile.RemoveUnfinished(outputPath, file.ProcessId);
            var part = file.HasOnlyPart ? " (only part of it, because the disk was full or files may not be larger)" : "";
            if (output is not null)
                Complaint.Say($"an earlier run was killed; its profile has been recovered as {output}{part}");
        }
        catch (Exception e)
        {
            Complaint.Say($"an earlier run was killed; its recording is still in {livePath}, but could not be turned " +
                $"into a profile: {e.Message}");
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
            throw new IOException($"'{path}' is not a live file, which a killed process leaves with the extension " +
                $"{LiveFile.Suffix}. If it is a profile, there is nothing to recover.");
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
                "still running. Read the live file itself, or wait until the process has ended.", e);
        }
    }

    static string DefaultOutput(string livePath, int processId)
    {
        var output = IntendedOutput(livePath);
        return File.Exists(output) ? ProfilePath.FreeFor(output, processId) : output;
    }

    static string IntendedOutput(string livePath) => livePath.EndsWith(LiveFile.Suffix, StringComparison.Ordinal)
        ? livePath.Substring(0, livePath.Length - LiveFile.Suffix.Length)
        : livePath + ".prof";
}
