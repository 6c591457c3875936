namespace ProfilerWeaver;

/// <summary>Reads the table for pstats in the form in which <see cref="PstatsTable"/> writes it, twenty times as fast as by way of
/// objects. Whatever else Python may write, and whatever is damaged, is left to <see cref="MarshalReader"/>.</summary>
ref struct PlainTableReader
{
    readonly byte[] data;
    readonly Dictionary<ulong, LabelAt> labels;
    // Those of the current row.
    readonly List<KeyValuePair<MethodLabel, Figures>> callers;
    int position;
    // False once something is not in this form.
    bool isPlain;

    PlainTableReader(byte[] data)
    {
        this.data = data;
        labels = [];
        callers = [];
        isPlain = true;
        position = 0;
    }

    /// <param name="data">The file.</param>
    /// <param name="end">Where the table ends.</param>
    /// <returns>The rows; null if the table has another form.</returns>
    public static MethodStats[]? TryRead(byte[] data, out int end)
    {
        var reader = new PlainTableReader(data);
        var rows = reader.Rows();
        end = reader.position;
        return reader.isPlain && rows.Count > 0 ? [.. rows] : null;
    }

    List<MethodStats> Rows()
    {
        var rows = new List<MethodStats>();
        Expect('{');
        while (isPlain && !IsAt('0'))
        {
            var label = Label();
            // A key that is there twice is Python's affair.
            isPlain &= !label.IsRow;
            label.IsRow = true;
            Tuple(5);
            var (primitiveCalls, calls) = (Integer(), Integer());
            var figures = new Figures(calls, primitiveCalls, Float(), Float());
            rows.Add(new(label.Label, figures, Callers(rows.Count + 1)));
        }
        Expect('0');
        return rows;
    }

    KeyValuePair<MethodLabel, Figures>[] Callers(int row)
    {
        callers.Clear();
        Expect('{');
        while (isPlain && !IsAt('0'))
        {
            var label = Label();
            isPlain &= label.CallerOfRow != row;
            label.CallerOfRow = row;
            Tuple(4);
            callers.Add(new(label.Label, new(Integer(), Integer(), Float(), Float())));
        }
        Expect('0');
        return [.. callers];
    }

    // Labels are written out wherever they occur. The bytes of one are turned into texts once.
    LabelAt Label()
    {
        var start = position;
        Tuple(3);
        var (fileStart, fileLength) = Text();
        var line = Integer();
        var (nameStart, nameLength) = Text();
        if (!isPlain)
            return LabelAt.None;
        var length = position - start;
        var hash = Hash(start, length);
        labels.TryGetValue(hash, out var first);
        for (var known = first; known is not null; known = known.SameHash)
        {
            if (known.Length == length && IsSame(known.Start, start, length))
                return known;
        }
        if (SurrogatePassUtf8.TryGetString(data, fileStart, fileLength) is not { } file
            || SurrogatePassUtf8.TryGetString(data, nameStart, nameLength) is not { } name)
        {
            isPlain = false;
            return LabelAt.None;
        }
        return labels[hash] = new(start, length, new(file, (int)line, name), first);
    }

    readonly bool IsSame(int left, int right, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (data[left + i] != data[right + i])
                return false;
        }
        return true;
    }

    // FNV-1a, eight bytes at a time.
    readonly ulong Hash(int start, int length)
    {
        var hash = 0xCBF29CE484222325;
        var i = start;
        for (; i + 8 <= start + length; i += 8)
            hash = Mixed(hash ^ BitConverter.ToUInt64(data, i));
        for (; i < start + length; i++)
            hash = Mixed(hash ^ data[i]);
        return hash;
    }

    static ulong Mixed(ulong hash)
    {
        hash = unchecked(hash * 0x100000001B3);
        return hash ^ hash >> 32;
    }

    readonly bool IsAt(char type) => position < data.Length && data[position] == type;

    // Nothing is read once the form is another one: the position stays where it is.
    bool Expect(char type)
    {
        isPlain &= IsAt(type);
        if (isPlain)
            position++;
        return isPlain;
    }

    void Tuple(int items) => isPlain &= Expect('(') && Int32() == items;

    long Integer() => Expect('i') ? Int32() : 0;

    double Float()
    {
        if (!Expect('g') || !Take(8))
            return 0;
        return BitConverter.Int64BitsToDouble((uint)Int32At(position - 8) | (long)Int32At(position - 4) << 32);
    }

    (int Start, int Length) Text()
    {
        if (!Expect('u'))
            return default;
        var length = Int32();
        return Take(length) ? (position - length, length) : default;
    }

    int Int32() => Take(4) ? Int32At(position - 4) : 0;

    readonly int Int32At(int start) => data[start] | data[start + 1] << 8 | data[start + 2] << 16 | data[start + 3] << 24;

    bool Take(int count)
    {
        isPlain &= count >= 0 && count <= data.Length - position;
        if (isPlain)
            position += count;
        return isPlain;
    }

    /// <summary>A label, and where it first stands.</summary>
    sealed class LabelAt(int start, int length, MethodLabel label, LabelAt? sameHash)
    {
        public static readonly LabelAt None = new(0, 0, default, null);

        public int Start => start;

        public int Length => length;

        public MethodLabel Label => label;

        public LabelAt? SameHash => sameHash;

        public bool IsRow { get; set; }

        /// <summary>The number of the row that it was last a caller of.</summary>
        public int CallerOfRow { get; set; }
    }
}
