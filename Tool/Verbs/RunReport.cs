namespace ProfilerWeaver.Tool;

/// <summary>What the user is told when a program has ended.</summary>
static class RunReport
{
    /// <summary>Prints the profile, unless it was to be saved, and names those of child processes.</summary>
    /// <returns>The exit code of the tool.</returns>
    public static int Give(RunArguments run, ProfileOutput output, ChildProcess child)
    {
        var file = output.FileOf(child.Id);
        var printed = 0;
        var trouble = KilledRun.Recover(file);
        RunningProgram.Forget(child.Id);
        if (run.IsPaused)
        {
            // Whoever told it to record was told where its profile is.
        }
        else if (!output.IsWritten(file))
        {
            Messages.WriteLine($"dotnet-prof: warning: {run.Target.Name} left no profile" + (trouble is null
                ? $": {WhyNone(file, child)}{(File.Exists(file) ? $" {file} is from an earlier run." : "")}"
                : $"; what it recorded is in {file}{LiveFile.Suffix}, but could not be turned into one: {trouble}"));
        }
        else if (output.Format is { } format)
        {
            Export(file, format, output, child);
        }
        else if (output.NamedFor(child.Id) is var named && named != file)
        {
            Messages.WriteLine($"dotnet-prof: warning: {named} is in use; saved as {file}");
        }
        else if (output.IsNamed)
        {
            Messages.WriteLine($"dotnet-prof: the profile is {file}; dotnet prof stats {Quoted(ShortestOf(file))} shows it.");
        }
        // The user has named no file, and tests leave one all the same.
        if (run.OutFile is null && output.IsWritten(file))
            printed = Report.Print(run.Report.Of(new Stats(file).ForgetFiles()), run.Report.Format);
        var others = output.FilesOfOthers(child.Id).ToList();
        if (others.Count > 0)
        {
            Messages.WriteLine("dotnet-prof: other processes left profiles, too:");
            foreach (var other in others)
                Messages.WriteLine("  " + (output.Format is { } format ? Exported(other, format, output, child) : other));
        }
        if (printed == ToolException.Failure)
        {
            Messages.WriteLine($"dotnet-prof: the profile was kept as {file}; dotnet prof stats {Quoted(ShortestOf(file))} shows it. Use -o FILE to save " +
                "it instead of printing it.");
        }
        else
        {
            output.CleanUp(child.Id);
        }
        return child.ExitCode != 0 ? child.ExitCode : printed;
    }

    // The recorder may have complained already, and does so once only: whether there was room in the end is for us to say.
    static string WhyNone(string file, ChildProcess child)
    {
        const int SizeOfProfile = 1 << 20;
        try
        {
            AtomicFile.Check(file, SizeOfProfile);
            return $"it ended, with exit code {child.ExitCode}, before any woven method was called, or after dotnet prof stop had written the profile elsewhere, unless a message above says otherwise.";
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    static void Export(string file, ExportFormat format, ProfileOutput output, ChildProcess child)
    {
        var path = Exported(file, format, output, child);
        Messages.WriteLine($"dotnet-prof: the profile is {path}; {format.Opening.Replace("FILE", Quoted(ShortestOf(path)), StringComparison.Ordinal)}");
    }

    static string Exported(string file, ExportFormat format, ProfileOutput output, ChildProcess child)
    {
        var path = output.ExportOf(child.Id, file);
        try
        {
            OutputFormats.Write(new Stats(file), format, new(), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{e.Message} The profile itself is {file}; dotnet prof export writes it elsewhere.", cause: e);
        }
        return path;
    }

    // The user is in the folder, and has named the file from there.
    static string ShortestOf(string file)
    {
        try
        {
            var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
            return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
        }
        catch (IOException)
        {
            // The program has removed it.
            return file;
        }
    }

    static string Quoted(string file) => file.Any(character => !char.IsLetterOrDigit(character) && !"/\\:._-".Contains(character))
        ? OperatingSystem.IsWindows() ? $"\"{file}\"" : $"'{file.Replace("'", @"'\''", StringComparison.Ordinal)}'"
        : file;
}
