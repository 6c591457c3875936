using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>Where the profile of a run goes.</summary>
sealed class ProfileOutput
{
    const string Extension = ".prof";

    readonly string? temporary;
    readonly string pattern;
    readonly string? exportPattern;
    readonly DateTime begun;

    // When what is there from earlier was written; null if nothing is.
    readonly DateTime? earlier;

    ProfileOutput(string pattern, string? temporary, string? exportPattern = null)
    {
        this.pattern = pattern;
        this.temporary = temporary;
        this.exportPattern = exportPattern;
        KilledRun.RecoverEarlier(Plain(pattern));
        earlier = LastWrite.To(Plain(pattern));
        begun = DateTime.UtcNow;
    }

    /// <summary>Whether the user has named the file.</summary>
    public bool IsNamed => temporary is null;

    /// <summary>The format that the user has named the file for; null: <c>.prof</c>, or there is no name.</summary>
    public ExportFormat? Format => exportPattern is null ? null : OutputFormats.ForFile(exportPattern);

    /// <summary>What the recorder is told: an absolute path in which <c>{pid}</c> may stand for the process.</summary>
    public string ForRecorder => pattern;

    /// <summary>Checks that <paramref name="outFile"/> can be written, before anything is run for it.</summary>
    /// <exception cref="ToolException">It cannot.</exception>
    public static void Check(string outFile)
    {
        if (outFile.Length == 0)
            throw new ToolException("-o is empty. Specify a file.", ToolException.Usage);
        CheckPlaceholders(outFile);
        var path = FullPath(outFile);
        // It may lead to a file that is yet to be made.
        if (File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target)
            path = target.FullName;
        var folder = Path.GetDirectoryName(path);
        if (Directory.Exists(path) || folder is null || Path.GetFileName(path).Length == 0)
            throw new ToolException($"-o {outFile} is a folder. Specify a file in it.");
        if (Path.GetDirectoryName(outFile)!.Contains('{', StringComparison.Ordinal))
            return;
        if (OutputFolder.Fault(folder) is { } fault)
            throw new ToolException($"-o {outFile} cannot be written: {fault}");
        if (AtomicFile.LengthOfName(Path.GetFileName(path)) > AtomicFile.LongestName)
            throw new ToolException($"-o {outFile} is too long: a name has at most {AtomicFile.LongestName} bytes. Choose a shorter one.");
        var trial = Path.Combine(folder, ".dotnet-prof-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + ".tmp");
        try
        {
            // The user waits: a stream and a unique name would take milliseconds to load and to compile.
            if (File.Exists(path))
                File.OpenHandle(path, FileMode.Open, FileAccess.Write).Dispose();
            File.OpenHandle(trial, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(trial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"-o {outFile} cannot be written: {WriteFailure.Reason(e).Replace(trial, path, StringComparison.Ordinal)} " +
                (WriteFailure.IsOfDisk(e) ? "Free some space, or choose another file." : "Choose another file."), cause: e);
        }
    }

    static void CheckPlaceholders(string outFile)
    {
        for (var open = outFile.IndexOf('{'); open >= 0;)
        {
            var close = outFile.IndexOf('}', open);
            if (close < 0)
                return;
            if (outFile[open..(close + 1)] is var placeholder && !Placeholder.All.Contains(placeholder))
            {
                throw new ToolException($"-o {outFile} has the unknown placeholder {placeholder}: {Placeholder.Program}, " +
                    $"{Placeholder.Process} and {Placeholder.Time} are known, and {Placeholder.Brace} for a brace.", ToolException.Usage);
            }
            open = outFile.IndexOf('{', close);
        }
    }

    /// <summary>The output of a run of <paramref name="program"/>.</summary>
    /// <param name="outFile">What the user has named, with the placeholders of the setting <c>Output</c>; null: a
    /// temporary file.</param>
    public static ProfileOutput For(string program, string? outFile)
    {
        if (outFile is null)
            return Temporary(program);
        // Known now; the process is not. What is in braces in the name of the current folder is part of that name.
        var path = Path.GetFullPath(Path.IsPathFullyQualified(outFile) ? outFile : Path.Combine(Literal(Environment.CurrentDirectory), outFile))
            .Replace(Placeholder.Program, Literal(program), StringComparison.Ordinal);
        // Only then: the time zone has to be read.
        if (path.Contains(Placeholder.Time, StringComparison.Ordinal))
            path = path.Replace(Placeholder.Time, DateTime.Now.ToString(Placeholder.TimeFormat, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return OutputFormats.ForFile(path) is null ? new(path, null) : Temporary(program, path);
    }

    static string FullPath(string outFile)
    {
        try
        {
            return Path.GetFullPath(outFile);
        }
        catch (FileNotFoundException e)
        {
            throw new ToolException($"-o {outFile} cannot be written: the current folder was removed. Change to another one, or give the whole path.", cause: e);
        }
    }

    static ProfileOutput Temporary(string program, string? exportPattern = null)
    {
        var folder = Directory.CreateTempSubdirectory("dotnet-prof.").FullName;
        return new(Literal(Path.Combine(folder, program + Extension)), folder, exportPattern);
    }

    /// <summary>Where the export of a process's profile goes; that of another process has its number in the name.</summary>
    /// <param name="processId">The process that was started.</param>
    /// <param name="profile">Its profile, or that of another process.</param>
    public string ExportOf(int processId, string profile)
    {
        var path = Plain(exportPattern!.Replace(Placeholder.Process, processId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var (own, name) = (Path.GetFileNameWithoutExtension(NamedFor(processId)), Path.GetFileNameWithoutExtension(profile));
        if (profile == FileOf(processId) || !name.StartsWith(own, StringComparison.Ordinal))
            return path;
        var ending = Format!.Endings.Where(known => path.EndsWith(known, StringComparison.OrdinalIgnoreCase)).MaxBy(known => known.Length)!;
        return path[..^ending.Length] + name[own.Length..] + path[^ending.Length..];
    }

    /// <summary>The profile of a process: what was asked for, or if another process had that, the name that the recorder
    /// took instead.</summary>
    public string FileOf(int processId)
    {
        var file = NamedFor(processId);
        var own = ProfilePath.OfProcess(file, processId);
        return IsNew(own) || IsNew(own + LiveFile.Suffix) ? own : file;
    }

    /// <summary>Whether a process has written its profile; there may be one of an earlier run.</summary>
    /// <param name="file">Where it was to write it.</param>
    public bool IsWritten(string file) =>
        LastWrite.To(file) is { } time && (time >= begun || time != earlier || file != Plain(pattern) || AtomicFile.IsDevice(file));

    /// <summary>What was asked for, for a process.</summary>
    public string NamedFor(int processId) =>
        Plain(pattern.Replace(Placeholder.Process, processId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    static string Literal(string path) => path.Replace("{", Placeholder.Brace, StringComparison.Ordinal);

    static string Plain(string pattern) => pattern.Replace(Placeholder.Brace, "{", StringComparison.Ordinal);

    bool IsNew(string file) => LastWrite.To(file) >= begun;

    /// <summary>The profiles that other processes have left.</summary>
    public IEnumerable<string> FilesOfOthers(int processId)
    {
        var own = FileOf(processId);
        var folder = Path.GetDirectoryName(own)!;
        if (!Directory.Exists(folder))
            return [];
        var name = Path.GetFileName(pattern);
        var beginning = name.Contains(Placeholder.Process, StringComparison.Ordinal)
            ? name[..name.IndexOf(Placeholder.Process, StringComparison.Ordinal)]
            : ProfilePath.BeginningOfOthers(name);
        return Directory.GetFiles(folder, Plain(beginning) + "*" + Plain(Path.GetExtension(name)))
            .Where(file => file != own && IsNew(file))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Removes what nobody needs any longer.</summary>
    /// <param name="processId">The process whose profile has been shown.</param>
    public void CleanUp(int processId)
    {
        if (temporary is null)
            return;
        File.Delete(FileOf(processId));
        if (Format is not null)
        {
            foreach (var other in FilesOfOthers(processId).ToList())
                File.Delete(other);
        }
        if (!Directory.EnumerateFileSystemEntries(temporary).Any())
            Directory.Delete(temporary);
    }
}
