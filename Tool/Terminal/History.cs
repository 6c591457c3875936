namespace ProfilerWeaver.Tool;

/// <summary>The lines that were typed, in this session and in earlier ones.</summary>
sealed class History
{
    const int MostLines = 500;

    readonly List<string> lines = [];
    readonly string? file;

    /// <param name="file">Where the lines are kept; null for this session only. What cannot be read or written is not
    /// kept, in silence.</param>
    public History(string? file)
    {
        this.file = file;
        if (file is null)
            return;
        try
        {
            Load(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            this.file = null;
        }
    }

    public IReadOnlyList<string> Lines => lines;

    /// <summary>The user's own: <c>$XDG_STATE_HOME/dotnet-prof/history</c>, below <c>~/.local/state</c> if that is not
    /// set; on Windows in the local application data.</summary>
    public static string? DefaultFile()
    {
        var folder = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(folder))
        {
            var home = Environment.GetFolderPath(OperatingSystem.IsWindows()
                ? Environment.SpecialFolder.LocalApplicationData
                : Environment.SpecialFolder.UserProfile);
            if (home.Length == 0)
                return null;
            folder = OperatingSystem.IsWindows() ? home : Path.Combine(home, ".local", "state");
        }
        return Path.Combine(folder, "dotnet-prof", "history");
    }

    /// <summary>Keeps a line, unless it is blank or the same as the one before.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || lines.Count > 0 && lines[^1] == line)
            return;
        lines.Add(line);
        if (file is null || line.AsSpan().ContainsAny('\r', '\n'))
            return;
        try
        {
            // At once, because a session can end in many ways; and at the end, because there can be several sessions.
            File.AppendAllText(file, line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A line that cannot be kept is no reason to disturb the user.
        }
    }

    void Load(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            return;
        var known = File.ReadAllLines(path);
        lines.AddRange(known.TakeLast(MostLines));
        if (known.Length > 2 * MostLines)
        {
            var shorter = path + "." + Environment.ProcessId + ".tmp";
            File.WriteAllLines(shorter, lines);
            File.Move(shorter, path, overwrite: true);
        }
    }
}
