namespace ProfilerWeaver.Tool;

/// <summary>What was killed leaves a live file, of which a profile is made.</summary>
static class KilledRun
{
    /// <summary>Makes a profile of what a run has left that has just ended, if it was killed.</summary>
    /// <returns>Why no profile could be made; null if none had to be, or it was.</returns>
    public static string? Recover(string file)
    {
        var live = file + LiveFile.Suffix;
        if (!File.Exists(live))
            return null;
        if (!IsOurs(live))
        {
            if (File.Exists(file))
                Messages.WriteLine($"dotnet-prof: warning: {live} is not a live file and was left alone; the profile is {file}");
            return null;
        }
        try
        {
            // A signal had the profile written.
            var isPart = LiveFileAccess.IsPartial(live);
            if (isPart && File.Exists(file))
                return null;
            ProfileRecovery.Recover(live, file);
            // Of the profile: the live file is gone.
            if (isPart)
                PartialProfile.Tell(file);
            if (ProfFile.Read(file).Recording is { Unit: ClockUnit.Seconds } profile && profile.Overhead == RecordingOverhead.None)
            {
                Messages.WriteLine("dotnet-prof: warning: the program was killed before overhead was calibrated; " +
                    "the times include it.");
            }
            return null;
        }
        catch (EmptyProfileException)
        {
            File.Delete(live);
            return null;
        }
        catch (IOException e) when (e.InnerException is IOException inner && LiveFileAccess.IsInUse(inner))
        {
            // It is that of another process, which still runs.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProfileException)
        {
            return e.Message;
        }
    }

    // A link may lead nowhere.
    static bool IsOurs(string live)
    {
        try
        {
            return LiveFileAccess.IsOurs(live);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Makes a profile of what an earlier run has left, before the next one writes to the same place.</summary>
    /// <remarks>The recorder would do it, too, but then the profile would look like that of a child process.</remarks>
    public static void RecoverEarlier(string path)
    {
        var live = path + LiveFile.Suffix;
        if (!File.Exists(live))
            return;
        try
        {
            PartialProfile.Warn(live);
            Messages.WriteLine($"dotnet-prof: an earlier run was killed; its profile was recovered as {ProfileRecovery.Recover(live)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProfileException or EmptyProfileException)
        {
            // Still running, or nothing in it: the recorder knows what to do.
        }
    }
}
