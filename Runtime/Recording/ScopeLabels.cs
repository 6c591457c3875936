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

    // How many measurements get their ids at once.
    const int MeasurementsOfTable = 64;

    static readonly RecorderLock Gate = new();
    static readonly Dictionary<string, int> Ids = [];

    // Those that the recording has.
    static readonly HashSet<int> Used = [];
    static int usedBy;

    // What the thread has asked for last, by the lengths of the labels: most are constants of the program.
    [ThreadStatic]
    static Answer[]? t_answers;

    /// <summary>The id of a label; the next one stands for resumes of its scopes.</summary>
    /// <param name="label">The label.</param>
    /// <param name="recording">The number of the recording that it is for.</param>
    public static int IdOf(string label, int recording)
    {
        var answers = t_answers ??= new Answer[Answer.Most];
        ref var answer = ref answers[label.Length % Answer.Most];
        if (!ReferenceEquals(answer.Label, label) || answer.Recording != recording)
            answer = new(label, recording, Find(label, recording));
        return answer.Id;
    }

    static int Find(string label, int recording)
    {
        using (Gate.Enter())
        {
            if (usedBy != recording)
                Used.Clear();
            usedBy = recording;
            if (Ids.TryGetValue(label, out var id) && Used.Contains(id))
                return id;
            if (Used.Count >= Most && label != Other)
                return Find(Other, recording);
            if (id == 0 && !Ids.ContainsKey(label))
                id = Ids[label] = Register(label);
            Used.Add(id);
            return id;
        }
    }

    /// <summary>Ids for measurements, which no other ones have; the one after each stands for resumes.</summary>
    /// <param name="table">How many times this was called before.</param>
    public static IEnumerable<int> MoreMeasurements(int table)
    {
        var labels = new string[MeasurementsOfTable];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = MeasurementLabel.Name;
        // Tables that are equal are taken for one: a file that no label has makes the difference.
        var first = Register(labels, ScopeName.File, $"{ScopeName.File} {table}");
        for (var i = 0; i < labels.Length; i++)
            yield return first + 2 * i;
    }

    static int Register(string label) => Register([label], ScopeName.File);

    static int Register(string[] labels, params string[] files)
    {
        var table = TableOf(labels, files);
        fixed (byte* bytes = table)
            return ModuleTables.Register(bytes, table.Length);
    }

    static byte[] TableOf(string[] labels, string[] files)
    {
        var table = new MemoryStream();
        using var writer = new BinaryWriter(table, Encoding.UTF8);
        writer.Write(MethodTableFormat.Version);
        writer.Write(2 * labels.Length);
        // No settings.
        writer.Write("");
        writer.Write((byte)files.Length);
        foreach (var file in files)
            writer.Write(file);
        // No assemblies.
        writer.Write((byte)0);
        foreach (var label in labels)
        {
            writer.Write((byte)EntryKind.Ordinary);
            // The first file, no line, and no type.
            writer.Write((byte)0);
            writer.Write((byte)0);
            writer.Write((byte)0);
            writer.Write(label);
            writer.Write((byte)EntryKind.AsyncResume);
        }
        writer.Flush();
        return table.ToArray();
    }

    /// <summary>The id that a label has in a recording.</summary>
    readonly struct Answer(string label, int recording, int id)
    {
        public const int Most = 16;

        public string Label => label;

        public int Recording => recording;

        public int Id => id;
    }
}
