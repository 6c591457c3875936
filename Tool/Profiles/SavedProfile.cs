namespace ProfilerWeaver.Tool;

/// <summary>Files that the user says are profiles.</summary>
static class SavedProfile
{
    /// <summary>Checks that there is such a file, and that it may be read, whatever is in it.</summary>
    /// <exception cref="ToolException">There is none, or it may not be read.</exception>
    public static void Check(string file)
    {
        if (Directory.Exists(file))
            throw new ToolException($"{file} is a folder. Specify a .prof file in it.");
        if (!File.Exists(file))
        {
            throw new ToolException(Wildcards.IsIn(file)
                ? $"{file} does not exist. If it is a pattern, remove the quotes to let the shell expand it; only dotnet prof merge expands " +
                    "patterns itself."
                : $"{file} does not exist. Specify a .prof file; dotnet prof -o {file} PROGRAM creates one.");
        }
        try
        {
            File.OpenHandle(file).Dispose();
        }
        catch (IOException e) when (LiveFileAccess.IsInUse(e))
        {
            // The live file of a program that is running: it is read all the same.
        }
        catch (FileNotFoundException e)
        {
            throw new ToolException($"{file} is a link to a file that does not exist. Specify a .prof file.", cause: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ToolException($"{file} cannot be read: you have no permission. Ask its owner for it (chmod +r), or run this as its owner.",
                cause: e);
        }
        catch (IOException e) when (!OpenFileLimit.IsReached(e))
        {
            // Links in a circle, for example.
            throw new ToolException($"{file} cannot be read: {e.Message}", cause: e);
        }
    }

    /// <summary>The file that has the profile: the one that was named or, as long as there is none, its live file.</summary>
    /// <exception cref="ToolException">There is neither.</exception>
    public static string Find(string file)
    {
        var live = file + LiveFile.Suffix;
        if (Path.Exists(file) || !File.Exists(live))
        {
            Check(file);
            if (LiveFileReader.IsLive(file))
                PartialProfile.Warn(file);
            return file;
        }
        Messages.WriteLine($"dotnet-prof: warning: there is no {file}: its program was killed or is still running. This is what " +
            $"{live} holds; dotnet prof recover makes a profile of it.");
        PartialProfile.Warn(live);
        return live;
    }

    /// <summary>Reads and sums profiles, with a warning for each of which only the table can be read, and for those that were measured
    /// with another clock.</summary>
    /// <exception cref="ToolException">There is no such file, or the units differ.</exception>
    /// <exception cref="InvalidProfileException">A file is not a profile.</exception>
    public static Stats Load(string[] files)
    {
        string[] found = [.. files.Select(Find)];
        // From the last to the second, as pstats adds them.
        int[] order = [0, .. Enumerable.Range(1, found.Length - 1).Reverse()];
        var kinds = new MeasuredKind[found.Length];
        var stats = new Stats();
        using (var progress = Progress.Start("Reading", found.Length))
        {
            foreach (var ((path, file), i) in StatsFiles.Read([.. order.Select(i => found[i])]).Zip(order))
            {
                kinds[i] = file.Recording is { } recording ? MeasuredKind.Of(recording) : new(file.Unit, null);
                progress.Advance(path);
                if (stats.Count > 0 && file.HasRows && stats.Unit != file.Unit)
                {
                    throw new ToolException($"{path} records {kinds[i].Text}, but {found[0]} records {kinds[0].Text}: they cannot be added. " +
                        "Specify profiles of the same kind.");
                }
                stats.Add(path, file);
            }
        }
        foreach (var damage in stats.Damage)
            Messages.WriteLine($"dotnet-prof: warning: {DamageText.Of(damage)}");
        WarnOfOtherClocks(found, kinds);
        return stats;
    }

    static void WarnOfOtherClocks(string[] files, MeasuredKind[] kinds)
    {
        var first = Math.Max(0, Array.FindIndex(kinds, kind => kind.Clock is not null));
        for (var i = first + 1; i < files.Length; i++)
        {
            if (!kinds[i].Fits(kinds[first]))
            {
                Messages.WriteLine($"dotnet-prof: warning: {files[i]} records {kinds[i].Text}, but {files[first]} records {kinds[first].Text}: " +
                    "the sums of their times mean nothing.");
            }
        }
    }
}
