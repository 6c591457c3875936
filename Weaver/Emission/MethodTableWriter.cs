namespace ProfilerWeaver.Weaving;

/// <summary>
/// Collects the methods of a module and writes the table that the runtime library reads (<see cref="MethodTableFormat"/>).
/// </summary>
sealed class MethodTableWriter
{
    // What a method takes beside its name, in bytes.
    const int UsualNumbers = 6;

    readonly Dictionary<string, int> files = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> externals = new(StringComparer.Ordinal);
    readonly List<(MethodKind Kind, int File, Label Label)> methods = [];
    int lengthOfNames;

    /// <summary>Adds a method and returns its index.</summary>
    /// <param name="label">What its row is called.</param>
    /// <param name="resume">The kind of its resumes, if it can be suspended; then the index after the returned one stands for
    /// them.</param>
    public int Add(Label label, MethodKind? resume)
    {
        if (!files.TryGetValue(label.File, out var file))
            files.Add(label.File, file = files.Count);
        methods.Add((MethodKind.Ordinary, file, label));
        lengthOfNames += label.Name.Length;
        var index = methods.Count - 1;
        if (resume is { } kind)
            methods.Add((kind, file, label));
        return index;
    }

    /// <summary>Adds a method outside the woven assemblies, unless it was added before, and returns its index.</summary>
    /// <param name="name">Its full name.</param>
    public int AddExternal(string name)
    {
        if (!externals.TryGetValue(name, out var index))
        {
            externals.Add(name, index = methods.Count);
            methods.Add((MethodKind.External, 0, new("", 0, name)));
            lengthOfNames += name.Length;
        }
        return index;
    }

    /// <summary>The finished table.</summary>
    /// <param name="settings">The module's settings, one <c>Name=value</c> a line.</param>
    public byte[] ToArray(string settings)
    {
        var table = new MemoryStream(lengthOfNames + methods.Count * UsualNumbers);
        using var writer = new BinaryWriter(table);
        writer.Write(MethodTableFormat.Version);
        writer.Write(methods.Count);
        writer.Write(settings);
        WriteNumber(writer, files.Count);
        foreach (var file in files.OrderBy(file => file.Value))
            writer.Write(file.Key);
        foreach (var (kind, file, label) in methods)
        {
            WriteNumber(writer, (int)kind);
            if (kind is MethodKind.Resume or MethodKind.AsyncResume)
                continue;
            if (kind == MethodKind.Ordinary)
            {
                WriteNumber(writer, file);
                WriteNumber(writer, label.Line);
            }
            writer.Write(label.Name);
        }
        writer.Flush();
        return table.ToArray();
    }

    // As BinaryWriter does it for the lengths of texts.
    static void WriteNumber(BinaryWriter writer, int number)
    {
        for (; number >= 0x80; number >>= 7)
            writer.Write((byte)(number | 0x80));
        writer.Write((byte)number);
    }
}
