namespace ProfilerWeaver;

/// <summary>
/// Reads the table that the weaver puts into a module (<see cref="MethodTableFormat"/>). A label is read when it is asked for: most methods of
/// a large program are never called.
/// </summary>
sealed unsafe class MethodTable
{
    readonly byte* table;
    readonly byte* end;
    readonly string[] files;
    readonly string[] assemblies;
    readonly EntryKind[] kinds;

    // Where what is behind its kind begins in the table.
    readonly int[] places;

    // Reads all but the labels, and finds out that these can be read.
    MethodTable(byte* table, int length)
    {
        this.table = table;
        end = table + length;
        var reader = Begin(table, length);
        Settings = reader.ReadString();
        files = reader.ReadStrings();
        assemblies = reader.ReadStrings();
        var count = Reader.Within(CountOf(table), length);
        kinds = new EntryKind[count];
        places = new int[count];
        for (var i = 0; i < count; i++)
        {
            kinds[i] = (EntryKind)reader.ReadNumber();
            places[i] = reader.PlaceIn(table);
            if (IsResume(i))
                Reader.Within(i - 1, i);
            else
                reader.SkipLabel(kinds[i] == EntryKind.External ? assemblies.Length : files.Length, hasLine: kinds[i] != EntryKind.External);
        }
    }

    /// <summary>The module's settings, one <c>Name=value</c> a line.</summary>
    public string Settings { get; }

    /// <summary>How many entries there are.</summary>
    public int Count => kinds.Length;

    /// <summary>Whether its entries are scopes, which have no assembly.</summary>
    public bool IsOfScopes => assemblies.Length == 0;

    /// <summary>What an entry stands for.</summary>
    public EntryKind KindOf(int entry) => kinds[entry];

    /// <summary>The label of an entry; that of a resume is the label of the method it belongs to.</summary>
    public MethodLabel LabelOf(int entry)
    {
        var method = entry;
        while (IsResume(method))
            method--;
        var reader = new Reader(table + places[method], end);
        var label = kinds[method] == EntryKind.External ? reader.ReadExternal(assemblies) : reader.ReadMethod(files, assemblies);
        // What its method is shows only in the resume, which is the next entry.
        return method + 1 < kinds.Length && IsResume(method + 1) && label.Origin is { } origin
            ? label with { Origin = origin with { Kind = kinds[method + 1] == EntryKind.AsyncResume ? MethodKind.Async : MethodKind.Iterator } }
            : label;
    }

    /// <summary>The version of a table, without reading it.</summary>
    /// <exception cref="InvalidDataException">It is no table.</exception>
    public static int VersionOf(byte* table, int length)
    {
        Reader.Within(MethodTableFormat.HeaderSize, length);
        return ((int*)table)[0];
    }

    /// <summary>Why a module with a table of another version is not recorded, and what to do.</summary>
    public static string Refusal(int version, string module)
    {
        var isNewer = version > MethodTableFormat.Version;
        return $"nothing of {module} is recorded: it was woven by {(isNewer ? "a newer" : "an older")} ProfilerWeaver (method table " +
            $"{version}; this ProfilerWeaver.dll reads {MethodTableFormat.Version}). " + (isNewer
                ? $"Update the package ProfilerWeaver.Fody of the program, or the tool dotnet-prof, to the version that has woven {module}"
                : $"Rebuild {module} with the version of the package ProfilerWeaver.Fody that the program has");
    }

    /// <summary>How many methods a table has, without reading it.</summary>
    public static int CountOf(byte* table) => ((int*)table)[1];

    /// <summary>The settings of a table, without reading its methods.</summary>
    /// <exception cref="InvalidDataException">The table is of another version, or is none.</exception>
    public static string SettingsOf(byte* table, int length) => Begin(table, length).ReadString();

    /// <summary>Reads a whole table, which must stay where it is.</summary>
    /// <exception cref="InvalidDataException">The table is of another version, or is none.</exception>
    public static MethodTable Read(byte* table, int length) => new(table, length);

    bool IsResume(int entry) => kinds[entry] is EntryKind.Resume or EntryKind.AsyncResume;

    static Reader Begin(byte* table, int length)
    {
        var version = VersionOf(table, length);
        return version == MethodTableFormat.Version
            ? new(table + MethodTableFormat.HeaderSize, table + length)
            : throw new InvalidDataException(
                $"a module was woven for version {version} of the method table, but this ProfilerWeaver.dll reads version " +
                $"{MethodTableFormat.Version}: use the same version of the package in every project");
    }

    // A table comes from a live file, too, which may be damaged.
    struct Reader(byte* position, byte* end)
    {
        byte* position = position;

        /// <summary>A number, if it is in the range from 0.</summary>
        public static int Within(int number, long most) => number >= 0 && number <= most
            ? number
            : throw new InvalidDataException($"a method table has {number} where at most {most} is possible");

        /// <summary>A number of things of which each takes a byte at least.</summary>
        public int ReadCount() => Within(ReadNumber(), end - position);

        public int ReadNumber()
        {
            var value = 0;
            for (var shift = 0; ; shift += 7)
            {
                if (position == end)
                    throw new InvalidDataException("a method table ends too early");
                var group = *position++;
                value |= (group & 0x7F) << shift;
                if ((group & 0x80) == 0)
                    return value;
            }
        }

        public readonly int PlaceIn(byte* table) => (int)(position - table);

        /// <summary>Skips what <see cref="ReadMethod"/> and <see cref="ReadExternal"/> read.</summary>
        /// <param name="origins">How many files or assemblies there are.</param>
        /// <param name="hasLine">Whether there is a line.</param>
        public void SkipLabel(int origins, bool hasLine)
        {
            Within(ReadNumber(), origins - 1);
            if (hasLine)
                ReadNumber();
            var typeLength = ReadNumber();
            var length = ReadCount();
            Within(typeLength, length);
            position += length;
        }

        public MethodLabel ReadMethod(string[] files, string[] assemblies)
        {
            var file = files[Within(ReadNumber(), files.Length - 1)];
            var line = ReadNumber();
            var typeLength = ReadNumber();
            var name = ReadString();
            // Scopes have no assembly.
            var origin = assemblies.Length == 0 ? null : new MethodOrigin(assemblies[0], Math.Min(typeLength, name.Length), MethodKind.Method);
            return new(file, line, name) { Origin = origin };
        }

        public MethodLabel ReadExternal(string[] assemblies)
        {
            var assembly = assemblies[Within(ReadNumber(), assemblies.Length - 1)];
            var typeLength = ReadNumber();
            var name = ReadString();
            return MethodLabel.External(name) with { Origin = new(assembly, Math.Min(typeLength, name.Length), MethodKind.External) };
        }

        public string[] ReadStrings()
        {
            var strings = new string[ReadCount()];
            for (var i = 0; i < strings.Length; i++)
                strings[i] = ReadString();
            return strings;
        }

        public string ReadString()
        {
            var length = ReadCount();
            var text = Utf8Text.Read(position, length);
            position += length;
            return text;
        }
    }
}
