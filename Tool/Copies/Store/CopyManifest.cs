using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ProfilerWeaver.Tool;

/// <summary>What a woven copy is of, and what has to be in it for it to be run.</summary>
/// <param name="Program">The main assembly of the original.</param>
/// <param name="LostMachineCode">How many of its assemblies had machine code that the copy does not have.</param>
/// <param name="Notes">What the user should know about the copy, a line each.</param>
/// <param name="Files">The files of the program that .NET loads.</param>
sealed record CopyManifest(string Program, int LostMachineCode, IReadOnlyList<string> Notes, IReadOnlyList<CopiedFile> Files)
{
    const string Format = "dotnet-prof copy 2";
    const int FieldsOfFile = 4;

    /// <summary>Describes a copy that has just been made, and takes from others the permissions on what was made for
    /// it.</summary>
    public static CopyManifest Of(TargetProgram program, string folder, int lostMachineCode, IReadOnlyList<string> notes)
    {
        var files = new List<CopiedFile>();
        Add(new DirectoryInfo(folder), "");
        return new(program.Assembly, lostMachineCode, notes, files);

        void Add(DirectoryInfo of, string path)
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(of.FullName, PrivateFolder.Mode);
            foreach (var entry in of.EnumerateFileSystemInfos())
            {
                var isLink = entry.LinkTarget is not null;
                if (entry is DirectoryInfo below)
                {
                    if (!isLink)
                        Add(below, Path.Combine(path, entry.Name));
                }
                else if (!isLink)
                {
                    files.Add(CopiedFile.Here(Path.Combine(path, entry.Name), (FileInfo)entry));
                }
                // What a program does with its content is its own business.
                else if (Fingerprint.IsInput(entry.Name))
                {
                    files.Add(CopiedFile.Elsewhere(Path.Combine(path, entry.Name)));
                }
            }
        }
    }

    /// <summary>Reads what <see cref="Fields"/> were written; null if something is missing.</summary>
    public static CopyManifest? Read(SafeFileHandle file)
    {
        if (FieldFile.Read(file) is not [Format, var program, var lostCount, var noteCount, .. var rest]
            || !int.TryParse(lostCount, CultureInfo.InvariantCulture, out var lost)
            || !int.TryParse(noteCount, CultureInfo.InvariantCulture, out var notes) || notes < 0 || notes >= rest.Length
            || !int.TryParse(rest[notes], CultureInfo.InvariantCulture, out var count)
            || rest.Length != notes + 1 + (long)count * FieldsOfFile)
            return null;
        var files = new CopiedFile[count];
        for (var i = 0; i < count; i++)
        {
            var at = notes + 1 + i * FieldsOfFile;
            if (!long.TryParse(rest[at + 1], CultureInfo.InvariantCulture, out var length)
                || !long.TryParse(rest[at + 2], CultureInfo.InvariantCulture, out var time))
                return null;
            files[i] = new(rest[at], length, time, rest[at + 3]);
        }
        return new(program, lost, rest[..notes], files);
    }

    public IEnumerable<string> Fields() =>
    [
        Format, Program, Text(LostMachineCode),
        Text(Notes.Count), .. Notes,
        Text(Files.Count), .. Files.SelectMany(file => (string[])[file.Path, Text(file.Length), Text(file.Time), file.Hash]),
    ];

    /// <summary>Whether all of it is there, and is what it was.</summary>
    public bool Fits(string folder)
    {
        foreach (var file in Files)
        {
            if (!file.IsUnchanged(folder))
                return false;
        }
        return true;
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A file of a copy.</summary>
/// <param name="Path">Its path in the copy.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Time">When it was written, in ticks of UTC.</param>
/// <param name="Hash">The hash of its content; empty for a link to the original.</param>
readonly record struct CopiedFile(string Path, long Length, long Time, string Hash)
{
    public static CopiedFile Elsewhere(string path) => new(path, 0, 0, "");

    /// <summary>Describes a file, which is made to be the user's alone unless it lies elsewhere too.</summary>
    public static CopiedFile Here(string path, FileInfo file)
    {
        if (!OperatingSystem.IsWindows() && FileStatus.Of(file.FullName) is { Names: 1 } status)
            File.SetUnixFileMode(file.FullName, (UnixFileMode)status.Mode & PrivateFolder.Mode);
        return new(path, file.Length, file.LastWriteTimeUtc.Ticks, ContentHash.OfFile(file.FullName));
    }

    public bool IsUnchanged(string folder)
    {
        var file = new FileInfo(System.IO.Path.Combine(folder, Path));
        if (Hash.Length == 0)
            return File.Exists(file.FullName);
        if (!file.Exists || (file.Attributes & FileAttributes.ReparsePoint) != 0 || file.Length != Length)
            return false;
        return file.LastWriteTimeUtc.Ticks == Time || HasContent(file.FullName);
    }

    // Touched, by a backup for example: not to be read again in each run.
    bool HasContent(string path)
    {
        try
        {
            if (ContentHash.OfFile(path) != Hash)
                return false;
            File.SetLastWriteTimeUtc(path, new(Time, DateTimeKind.Utc));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        return true;
    }
}
