namespace ProfilerWeaver.Tool;

/// <summary>Files that the user says are profiles.</summary>
static class SavedProfile
{
    /// <summary>Checks that there is such a file, whatever is in it.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static void Check(string file)
    {
        if (Directory.Exists(file))
            throw new ToolException($"{file} is a folder. Specify a .prof file in it.");
        if (!File.Exists(file))
            throw new ToolException($"{file} does not exist. Specify a .prof file; dotnet prof -o {file} PROGRAM creates one.");
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

    /// <summary>Reads and sums profiles, with a warning for each of which only the table can be read.</summary>
    /// <exception cref="ToolException">There is no such file.</exception>
    /// <exception cref="InvalidProfileException">A file is not a profile.</exception>
    public static Stats Load(string[] files)
    {
        using var progress = Progress.Start("Reading", files.Length);
        var stats = new Stats([.. files.Select(Find)]);
        foreach (var damage in stats.Damage)
            Messages.WriteLine($"dotnet-prof: warning: {DamageText.Of(damage)}");
        return stats;
    }
}
