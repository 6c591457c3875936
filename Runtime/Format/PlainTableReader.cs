namespace ProfilerWeaver;

/// <summary>Reads tables for pstats in the form in which <see cref="PstatsTable"/> writes them, without an object for each of their parts.
/// Whatever else Python may write, and whatever is damaged, is left to <see cref="MarshalReader"/>.</summary>
sealed class PlainTableReader
{
    readonly LabelTable labels = new();
    int tables;
    int rows;

    byte[] data = [];
    int length;
    int position;
    // False once something is not in this form.
    bool isPlain;

    /// <summary>Reads a table.</summary>
    /// <param name="file">The file that begins with it.</param>
    /// <param name="fileLength">How many bytes that has.</param>
    /// <param name="end">Where the table ends.</param>
    /// <returns>The table; null if it has another form.</returns>
    public PlainTable? TryRead(byte[] file, int fileLength, out int end)
    {
        (data, length, position, isPlain) = (file, fileLength, 0, true);
        tables++;
        var table = Table();
        end = position;
        data = [];
        return isPlain && table.Rows.Count > 0 ? table : null;
    }

    PlainTable Table()
    {
        var table = new PlainTable(labels);
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
            if (last is not null)
                last.NextRow = label;
            last = label;
            var figures = Figures(5, isShare: false);
            Callers(table, label);
            table.AddRow(label, figures);
        }
        Expect('0');
        return table;
    }

    void Callers(PlainTable table, PlainLabel row)
    {
        rows++;
        var known = row.Callers;
        var count = 0;
        Expect('{');
        while (isPlain && !IsAt('0'))
        {
            if (Label(guess: count < known.Length ? known[count] : null) is not { } caller || caller.CallerOfRow == rows)
            {
                isPlain = false;
                break;
            }
            caller.CallerOfRow = rows;
            table.Shares.Add(new(caller, Figures(4, isShare: true)));
            if (count == known.Length)
                Array.Resize(ref known, Math.Max(2, 2 * count));
            known[count++] = caller;
        }
        Expect('0');
        row.Callers = known;
    }

    // Null if there is none.
    PlainLabel? Label(PlainLabel? guess)
    {
        if (guess is not null && guess.IsAt(data, position, length))
        {
            position += guess.Length;
            return guess;
        }
        var start = position;
        Tuple(3);
        var (fileStart, fileLength) = Text();
        var line = Integer();
        var (nameStart, nameLength) = Text();
        if (!isPlain)
            return null;
        var size = position - start;
        if (labels.Find(data, start, size, out var hash) is { } known)
            return known;
        return SurrogatePassUtf8.TryGetString(data, fileStart, fileLength) is { } file
            && SurrogatePassUtf8.TryGetString(data, nameStart, nameLength) is { } name
            ? labels.Add(data, start, size, hash, new(file, (int)line, name))
            : null;
    }

    bool IsAt(char type) => position < length && data[position] == type;

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

    // The beginning of a tuple: two integers and two floats, all at once, for there are many. In a share, the integers stand in the other
    // order.
    PlainFigures Figures(int items, bool isShare)
    {
        const int first = 5, second = 10, third = 15, fourth = 24, all = 33;
        var start = position;
        if (!Take(all) || data[start] != '(' || Int32At(start + 1) != items
            || data[start + first] != 'i' || data[start + second] != 'i' || data[start + third] != 'g' || data[start + fourth] != 'g')
        {
            isPlain = false;
            return default;
        }
        var (one, other) = (Int32At(start + first + 1), Int32At(start + second + 1));
        return new(isShare ? one : other, isShare ? other : one, DoubleAt(start + third + 1), DoubleAt(start + fourth + 1));
    }

    double DoubleAt(int start) => BitConverter.Int64BitsToDouble((uint)Int32At(start) | (long)Int32At(start + 4) << 32);

    (int Start, int Length) Text()
    {
        if (!Expect('u'))
            return default;
        var size = Int32();
        return Take(size) ? (position - size, size) : default;
    }

    int Int32() => Take(4) ? Int32At(position - 4) : 0;

    int Int32At(int start) => BitConverter.IsLittleEndian
        ? BitConverter.ToInt32(data, start)
        : data[start] | data[start + 1] << 8 | data[start + 2] << 16 | data[start + 3] << 24;

    bool Take(int count)
    {
        isPlain &= count >= 0 && count <= length - position;
        if (isPlain)
            position += count;
        return isPlain;
    }
}
