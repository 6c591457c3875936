namespace ProfilerWeaver.Tool;

/// <summary>Which copy was made of a program, and of what state of it.</summary>
/// <param name="Identity">The program and the settings.</param>
/// <param name="Stamp">The times and sizes of its files.</param>
/// <param name="Copy">The name of the copy.</param>
sealed record IndexEntry(string Identity, string Stamp, string Copy)
{
    public static IndexEntry? Read(string path) => FieldFile.Read(path) is [var identity, var stamp, var copy]
        ? new(identity, stamp, copy)
        : null;

    public void Write(string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var file = FieldFile.Create(temporary))
            FieldFile.Write(file, [Identity, Stamp, Copy]);
        File.Move(temporary, path, overwrite: true);
    }
}
