namespace ProfilerWeaver;

/// <summary>A command that runs under a profile of its own and is reported once, however it ends: by itself, by an
/// exception, or with the process.</summary>
sealed class ProfiledRun : IDisposable
{
    readonly Profile profile = new();
    readonly ProfileReport report;
    int reported;

    /// <summary>Begins to record.</summary>
    /// <exception cref="InvalidOperationException">A profile is already recording.</exception>
    public ProfiledRun(ProfileReport report)
    {
        this.report = report;
        profile.Enable();
        AppDomain.CurrentDomain.ProcessExit += ReportExit;
    }

    /// <summary>Runs a command to its end.</summary>
    public static void Of(Action command, ProfileReport report)
    {
        using var run = new ProfiledRun(report);
        try
        {
            command();
        }
        catch
        {
            run.ReportFailure();
            throw;
        }
        run.Report();
    }

    /// <summary>Runs an asynchronous command until it is completed.</summary>
    public static async Task OfAsync(Func<Task> command, ProfileReport report)
    {
        using var run = new ProfiledRun(report);
        try
        {
            await command().ConfigureAwait(false);
        }
        catch
        {
            run.ReportFailure();
            throw;
        }
        run.Report();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= ReportExit;
        profile.Dispose();
    }

    void Report()
    {
        if (Interlocked.Exchange(ref reported, 1) == 0)
            report.Make(profile);
    }

    // The command's own failure is what the caller has to learn.
    void ReportFailure()
    {
        try
        {
            Report();
        }
        catch (Exception e)
        {
            Complaint.Once($"the command failed, and its profile could not be reported ({e.Message})");
        }
    }

    void ReportExit(object? sender, EventArgs e) => ReportFailure();
}
