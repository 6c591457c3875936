using System.Text;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Collects the methods of a module and writes the table that the runtime library reads; its <c>MethodTable.cs</c>
/// describes the format.
/// </summary>
sealed class MethodTableWriter
{
    const int Version = 1;

    enum Kind
    {
        Ordinary = 0,
        Resume = 1,
        External = 2,
    }

    readonly Dictionary<string, int> files = new(StringComparer.Ordinal);
    readonly List<byte> methods = [];
    int count;

    /// <summary>Adds a method and returns its index.</summary>
    /// <param name="label">What its row is called.</param>
    /// <param name="isResumable">Whether it can be suspended; then the index after the returned one stands for its
    /// resumes.</param>
    public int Add(Label label, bool isResumable)
    {
        if (!files.TryGetValue(label.File, out var file))
            files.Add(label.File, file = files.Count);
        WriteNumber(methods, (int)Kind.Ordinary);
        WriteNumber(methods, file);
        WriteNumber(methods, label.Line);
        WriteString(methods, label.Name);
        if (isResumable)
            WriteNumber(methods, (int)Kind.Resume);
        var index = count;
        count += isResumable ? 2 : 1;
        return index;
    }

    /// <summary>Adds a method outside the woven assemblies and returns its index.</summary>
    /// <param name="name">Its full name.</param>
    public int AddExternal(string name)
    {
        WriteNumber(methods, (int)Kind.External);
        WriteString(methods, name);
        return count++;
    }

    /// <summary>The finished table.</summary>
    /// <param name="settings">The module's settings, one <c>Name=value</c> a line.</param>
    public byte[] ToArray(string settings)
    {
        List<byte> table = [.. BitConverter.GetBytes(Version), .. BitConverter.GetBytes(count)];
        WriteString(table, settings);
        WriteNumber(table, files.Count);
        foreach (var file in files.OrderBy(file => file.Value))
            WriteString(table, file.Key);
        return [.. table, .. methods];
    }

    static void WriteNumber(List<byte> bytes, int number)
    {
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }

    static void WriteString(List<byte> bytes, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        WriteNumber(bytes, utf8.Length);
        bytes.AddRange(utf8);
    }
}
