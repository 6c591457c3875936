namespace ProfilerWeaver;

/// <summary>Where the profile of the program goes: the live file while it runs, the profile when it ends. Whatever goes
/// wrong is said on stderr, once, and is no concern of the program's.</summary>
sealed class OutputFile
{
    readonly LiveFile? live;

    OutputFile(string path, LiveFile? live)
    {
        Path = path;
        this.live = live;
    }

    /// <summary>Where the profile is going to be.</summary>
    public string Path { get; }

    /// <summary>Whether what is recorded is in a live file.</summary>
    public bool IsLive => live is not null;

    /// <summary>A profile that is kept in memory until it is written.</summary>
    public static OutputFile InMemory(string path) => new(path, null);

    /// <summary>Begins to record into the live file of <paramref name="path"/>. If that is another process's, this one takes
    /// a path of its own.</summary>
    /// <param name="path">The output.</param>
    /// <param name="isOurs">Whether it is meant for this process, and not for the one that has started it.</param>
    public static OutputFile Claim(string path, bool isOurs)
    {
        try
        {
            if (AtomicFile.IsDevice(path))
                return new(path, null);
            if (!isOurs)
                path = ProfilePath.OfThisProcess(path);
            try
            {
                return new(path, Begin(path));
            }
            catch (IOException e) when (LiveFileAccess.IsInUse(e))
            {
                path = ProfilePath.OfThisProcess(path);
                return new(path, Begin(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Complaint.Once($"cannot write {path}{LiveFile.Suffix} ({e.Message}): the profile is kept in memory until the program ends; " +
                (WriteFailure.IsOfDisk(e) ? $"free some space by then, or set {EnvironmentVariable.Output} to a file on another disk, "
                    : $"set {EnvironmentVariable.Output} to a file in a writable folder, ") +
                $"or {EnvironmentVariable.AutoStart}=0 to run without a profile");
            return new(path, null);
        }
    }

    /// <summary>Writes the profile; the program goes on, or is about to be ended by a signal.</summary>
    /// <param name="use">Hands the profile over.</param>
    /// <param name="isEnding">Whether the process is about to end.</param>
    public void Write(Action<Action<ProfileSource>> use, bool isEnding)
    {
        try
        {
            use(profile =>
            {
                Write(profile, isLast: isEnding);
                // With another clock a reader of the live file could not tell whether much was recorded afterwards.
                if (isEnding && profile.Facts.Clock == Clock.Wall.Name)
                    live?.NoteWritten(profile.Facts.Duration);
                // Less than what was just written.
                if (isEnding && live is { IsComplete: false })
                    live.Delete();
            });
        }
        catch (EmptyProfileException)
        {
            // There may be something in the end.
        }
        catch (Exception e)
        {
            Complain(e);
        }
    }

    /// <summary>Writes the profile in the end, and removes the live file.</summary>
    /// <param name="use">Hands the profile over.</param>
    public void WriteFinally(Action<Action<ProfileSource>> use)
    {
        try
        {
            use(profile => Write(profile, isLast: true));
            live?.Delete();
        }
        catch (EmptyProfileException e)
        {
            Complaint.Once($"{Path} was not written. {e.Message}");
            live?.Delete();
        }
        catch (Exception e)
        {
            Complain(e);
        }
    }

    /// <summary>Removes the live file: what is in it was written elsewhere.</summary>
    public void Release() => live?.Delete();

    static LiveFile Begin(string path)
    {
        var live = LiveFile.Create(path, out var abandoned);
        if (abandoned is not null)
            ProfileRecovery.RecoverAbandoned(abandoned, path);
        Registry.MoveInto(live);
        return live;
    }

    void Write(ProfileSource profile, bool isLast)
    {
        // The program may have removed the folder.
        if (live is not null)
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        try
        {
            ProfFile.Write(profile, Path);
        }
        catch (IOException e) when (isLast && WriteFailure.IsOfDisk(e) && live is { IsComplete: false })
        {
            // A part of it in the live file is worth less than all of it.
            if (!live.GiveRoom(ProfFile.LengthOf(profile)))
                throw;
            ProfFile.Write(profile, Path);
        }
    }

    void Complain(Exception e) => Complaint.Once($"cannot write {Path} ({e.Message})" +
        (live is not { IsComplete: true } || !File.Exists(live.Path)
            ? ""
            : $"; the recording is in {live.Path}: run dotnet prof recover on it"));
}
