using System.Text;

namespace ProfilerWeaver.Tool;

/// <summary>Which copy was made of a program, and of what state of it.</summary>
/// <param name="Identity">The program and the settings.</param>
/// <param name="Stamp">The times and sizes of its files.</param>
/// <param name="Folder">The copy.</param>
/// <param name="Notes">What the user should know about it, a line each.</param>
sealed record IndexEntry(string Identity, string Stamp, string Folder, IReadOnlyList<string> Notes)
{
    public static IndexEntry? Read(string path)
    {
        string[] lines;
        try
        {
            // Quicker to load than what reads lines.
            lines = Encoding.UTF8.GetString(File.ReadAllBytes(path)).Split('\n', StringSplitOptions.TrimEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return lines.Length < 4 ? null : new(lines[0], lines[1], lines[2], lines[3..^1]);
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllLines(temporary, [Identity, Stamp, Folder, .. Notes]);
        File.Move(temporary, path, overwrite: true);
    }
}
