namespace ProfilerWeaver;

/// <summary>Reads tables for pstats in the form in which <see cref="PstatsTable"/> writes them, without an object for each of their parts.
/// Whatever else Python may write, and whatever is damaged, is left to <see cref="MarshalReader"/>.</summary>
sealed unsafe class PlainTableReader
{
    readonly LabelTable labels = new();
    int tables;
    int rows;

    // The file, which stays where it is while it is read, and the place in it.
    byte[] data = [];
    byte* first;
    byte* end;
    byte* at;
    // False once something is not in this form.
    bool isPlain;

    /// <summary>Reads a table.</summary>
    /// <param name="file">The file that begins with it.</param>
    /// <param name="fileLength">How many bytes that has.</param>
    /// <param name="table">Takes its rows, and loses those that it has.</param>
    /// <param name="length">How many bytes the table has.</param>
    /// <returns>Whether it has this form.</returns>
    public bool TryRead(byte[] file, int fileLength, PlainTable table, out int length)
    {
        fixed (byte* bytes = file)
        {
            data = file;
            first = at = bytes;
            end = bytes + fileLength;
            isPlain = true;
            tables++;
            table.Clear(labels);
            Table(table);
            length = (int)(at - first);
        }
        data = [];
        first = at = end = null;
        return isPlain && table.Rows.Count > 0;
    }

    void Table(PlainTable table)
    {
        PlainLabel? last = null;
        Expect('{');
        while (isPlain && !IsAt('0'))
        {
            if (Label(guess: last?.NextRow) is not { } label || label.RowOfTable == tables)
            {
                isPlain = false;
                break;
            }
            label.RowOfTable = tables;
            if (last is not null && last.NextRow != label)
                last.NextRow = label;
            last = label;
            var figures = Figures(5, isShare: false);
            Callers(table, label);
            table.AddRow(label, figures);
        }
        Expect('0');
    }

    void Callers(PlainTable table, PlainLabel row)
    {
        rows++;
        var known = row.Callers;
        var count = 0;
        Expect('{');
        while (isPlain && !IsAt('0'))
        {
            var guess = count < known.Length ? known[count] : null;
            if (Label(guess) is not { } caller || caller.CallerOfRow == rows)
            {
                isPlain = false;
                break;
            }
            caller.CallerOfRow = rows;
            table.Shares.Add(new(caller, Figures(4, isShare: true)));
            if (count == known.Length)
                Array.Resize(ref known, Math.Max(2, 2 * count));
            if (guess != caller)
                known[count] = caller;
            count++;
        }
        Expect('0');
        row.Callers = known;
    }

    // Null if there is none.
    PlainLabel? Label(PlainLabel? guess)
    {
        if (guess is not null && guess.IsAt(at, end))
        {
            at += guess.Length;
            return guess;
        }
        var start = at;
        Tuple(3);
        var (fileStart, fileLength) = Text();
        var line = Integer();
        var (nameStart, nameLength) = Text();
        if (!isPlain)
            return null;
        var size = (int)(at - start);
        if (labels.Find(start, size, out var hash) is { } known)
            return known;
        return SurrogatePassUtf8.TryGetString(data, fileStart, fileLength) is { } file
            && SurrogatePassUtf8.TryGetString(data, nameStart, nameLength) is { } name
            ? labels.Add(start, size, hash, new(file, (int)line, name))
            : null;
    }

    bool IsAt(char type) => at < end && *at == type;

    // Nothing is read once the form is another one: the place stays where it is.
    bool Expect(char type)
    {
        isPlain &= IsAt(type);
        if (isPlain)
            at++;
        return isPlain;
    }

    void Tuple(int items) => isPlain &= Expect('(') && Int32() == items;

    long Integer() => Expect('i') ? Int32() : 0;

    // The beginning of a tuple: two integers and two floats, all at once, for there are many. In a share, the integers stand in the other
    // order.
    PlainFigures Figures(int items, bool isShare)
    {
        const int first = 5, second = 10, third = 15, fourth = 24, all = 33;
        var start = at;
        if (!Take(all) || *start != '(' || Int32At(start + 1) != items
            || start[first] != 'i' || start[second] != 'i' || start[third] != 'g' || start[fourth] != 'g')
        {
            isPlain = false;
            return default;
        }
        var (one, other) = (Int32At(start + first + 1), Int32At(start + second + 1));
        return new(isShare ? one : other, isShare ? other : one, DoubleAt(start + third + 1), DoubleAt(start + fourth + 1));
    }

    static double DoubleAt(byte* start) => BitConverter.Int64BitsToDouble((uint)Int32At(start) | (long)Int32At(start + 4) << 32);

    // Where it starts in the file.
    (int Start, int Length) Text()
    {
        if (!Expect('u'))
            return default;
        var size = Int32();
        return Take(size) ? ((int)(at - first) - size, size) : default;
    }

    int Int32() => Take(4) ? Int32At(at - 4) : 0;

    // Not by BitConverter, which cannot be inlined in code that is compiled ahead of time.
    static int Int32At(byte* start) =>
        BitConverter.IsLittleEndian ? *(int*)start : start[0] | start[1] << 8 | start[2] << 16 | start[3] << 24;

    bool Take(int count)
    {
        isPlain &= count >= 0 && count <= end - at;
        if (isPlain)
            at += count;
        return isPlain;
    }
}
