namespace ProfilerWeaver.Weaving;

/// <summary>
/// Collects the methods of a module and writes the table that the runtime library reads (<see cref="MethodTableFormat"/>).
/// </summary>
sealed class MethodTableWriter
{
    // What a method takes beside its name, in bytes.
    const int UsualNumbers = 6;

    readonly Dictionary<string, int> files = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> assemblies = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> externals = new(StringComparer.Ordinal);
    // The place is the index of a file, or of an assembly for an external method.
    readonly List<(EntryKind Kind, int Place, Label Label)> methods = [];
    int lengthOfNames;

    /// <param name="assembly">The name of the module's assembly.</param>
    public MethodTableWriter(string assembly) => assemblies.Add(assembly, 0);

    /// <summary>Adds a method and returns its index.</summary>
    /// <param name="label">What its row is called.</param>
    /// <param name="resume">The kind of its resumes, if it can be suspended; then the index after the returned one stands for
    /// them.</param>
    public int Add(Label label, EntryKind? resume)
    {
        var file = PlaceIn(files, label.File);
        methods.Add((EntryKind.Ordinary, file, label));
        lengthOfNames += label.Name.Length;
        var index = methods.Count - 1;
        if (resume is { } kind)
            methods.Add((kind, file, label));
        return index;
    }

    /// <summary>Adds a method outside the woven assemblies, unless it was added before, and returns its index.</summary>
    /// <param name="method">Its name and type.</param>
    public int AddExternal(ExternalName method)
    {
        if (!externals.TryGetValue(method.Name, out var index))
        {
            externals.Add(method.Name, index = methods.Count);
            methods.Add((EntryKind.External, PlaceIn(assemblies, method.Assembly), new("", 0, method.Name, method.TypeLength)));
            lengthOfNames += method.Name.Length;
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
        Write(writer, files);
        Write(writer, assemblies);
        foreach (var (kind, place, label) in methods)
        {
            WriteNumber(writer, (int)kind);
            if (kind is EntryKind.Resume or EntryKind.AsyncResume)
                continue;
            WriteNumber(writer, place);
            if (kind == EntryKind.Ordinary)
                WriteNumber(writer, label.Line);
            WriteNumber(writer, label.TypeLength);
            writer.Write(label.Name);
        }
        writer.Flush();
        return table.ToArray();
    }

    static int PlaceIn(Dictionary<string, int> places, string name)
    {
        if (!places.TryGetValue(name, out var place))
            places.Add(name, place = places.Count);
        return place;
    }

    static void Write(BinaryWriter writer, Dictionary<string, int> places)
    {
        WriteNumber(writer, places.Count);
        foreach (var name in places.OrderBy(place => place.Value))
            writer.Write(name.Key);
    }

    // As BinaryWriter does it for the lengths of texts.
    static void WriteNumber(BinaryWriter writer, int number)
    {
        for (; number >= 0x80; number >>= 7)
            writer.Write((byte)(number | 0x80));
        writer.Write((byte)number);
    }
}
