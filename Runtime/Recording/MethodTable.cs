namespace ProfilerWeaver;

/// <summary>
/// Reads the table that the weaver puts into a module (<see cref="MethodTableFormat"/>).
/// </summary>
sealed unsafe class MethodTable
{
    MethodTable(string settings, Sequence<MethodLabel> labels, Sequence<EntryKind> kinds)
    {
        Settings = settings;
        Labels = labels;
        Kinds = kinds;
    }

    /// <summary>The module's settings, one <c>Name=value</c> a line.</summary>
    public string Settings { get; }

    /// <summary>The label of each method; that of a resume is the label of the method it belongs to.</summary>
    public Sequence<MethodLabel> Labels { get; }

    public Sequence<EntryKind> Kinds { get; }

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

    /// <summary>Reads a whole table.</summary>
    /// <exception cref="InvalidDataException">The table is of another version, or is none.</exception>
    public static MethodTable Read(byte* table, int length)
    {
        var reader = Begin(table, length);
        var settings = reader.ReadString();
        var files = reader.ReadStrings();
        var assemblies = reader.ReadStrings();
        var count = Reader.Within(CountOf(table), length);
        var labels = new Sequence<MethodLabel>(count);
        var kinds = new Sequence<EntryKind>(count);
        for (var i = 0; i < count; i++)
        {
            var kind = (EntryKind)reader.ReadNumber();
            kinds.Add(kind);
            labels.Add(kind switch
            {
                EntryKind.Resume => Resumable(labels, MethodKind.Iterator),
                EntryKind.AsyncResume => Resumable(labels, MethodKind.Async),
                EntryKind.External => reader.ReadExternal(assemblies),
                _ => reader.ReadMethod(files, assemblies),
            });
        }
        return new(settings, labels, kinds);
    }

    // The last label; what its method is shows only here.
    static MethodLabel Resumable(Sequence<MethodLabel> labels, MethodKind kind)
    {
        Reader.Within(labels.Count - 1, labels.Count);
        var label = labels.Pop();
        label = label with { Origin = label.Origin is { } origin ? origin with { Kind = kind } : null };
        labels.Add(label);
        return label;
    }

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

        public MethodLabel ReadMethod(string[] files, string[] assemblies)
        {
            var file = files[Within(ReadNumber(), files.Length - 1)];
            var line = ReadNumber();
            var typeLength = ReadNumber();
            var name = ReadString();
            // Scopes have no assembly.
            var origin = assemblies.Length == 0 ? null : new MethodOrigin(assemblies[0], Within(typeLength, name.Length), MethodKind.Method);
            return new(file, line, name) { Origin = origin };
        }

        public MethodLabel ReadExternal(string[] assemblies)
        {
            var assembly = assemblies[Within(ReadNumber(), assemblies.Length - 1)];
            var typeLength = ReadNumber();
            var name = ReadString();
            return MethodLabel.External(name) with { Origin = new(assembly, Within(typeLength, name.Length), MethodKind.External) };
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
