using System.Text;

namespace ProfilerWeaver;

/// <summary>The labels of scopes: each is a method of its own, with resumes, in a method table that is registered when the label is
/// used first. So they lie in the live file, and readers know nothing of scopes.</summary>
static unsafe class ScopeLabels
{
    /// <summary>How many different labels a recording has. What comes later is <see cref="Other"/>.</summary>
    public const int Most = 1000;

    /// <summary>The label of scopes for which there is no room.</summary>
    public const string Other = "(other)";

    /// <summary>What a scope has in place of a file.</summary>
    public const string File = "scope";

    static readonly Dictionary<string, int> Ids = [];

    // Those that the recording has.
    static readonly HashSet<int> Used = [];
    static int usedBy;

    /// <summary>The id of a label; the next one stands for resumes of its scopes.</summary>
    /// <param name="label">The label.</param>
    /// <param name="recording">The number of the recording that it is for.</param>
    public static int IdOf(string label, int recording)
    {
        lock (Ids)
        {
            if (usedBy != recording)
                Used.Clear();
            usedBy = recording;
            if (Ids.TryGetValue(label, out var id) && Used.Contains(id))
                return id;
            if (Used.Count >= Most && label != Other)
                return IdOf(Other, recording);
            if (id == 0 && !Ids.ContainsKey(label))
                id = Ids[label] = Register(label);
            Used.Add(id);
            return id;
        }
    }

    static int Register(string label)
    {
        var table = TableOf(label);
        fixed (byte* bytes = table)
            return ModuleTables.Register(bytes, table.Length);
    }

    static byte[] TableOf(string label)
    {
        var table = new MemoryStream();
        using var writer = new BinaryWriter(table, Encoding.UTF8);
        writer.Write(MethodTableFormat.Version);
        writer.Write(2);
        // No settings, and one file.
        writer.Write("");
        writer.Write((byte)1);
        writer.Write(File);
        writer.Write((byte)MethodKind.Ordinary);
        writer.Write((byte)0);
        writer.Write((byte)0);
        writer.Write(label);
        writer.Write((byte)MethodKind.AsyncResume);
        writer.Flush();
        return table.ToArray();
    }
}
