using System.Text;

namespace ProfilerWeaver;

/// <summary>Reads the section that <see cref="ProfSection"/> describes.</summary>
sealed partial class ProfSectionReader
{
    const int HeadLength = 20;
    const int ChecksumLength = 4;
    // Its two numbers, and the end of its tree.
    const int ShortestThread = 4;

    readonly byte[] data;
    readonly string source;
    int start;
    int position;
    int end;

    ProfSectionReader(byte[] data, int start, string source)
    {
        this.data = data;
        this.source = source;
        this.start = start;
        end = data.Length;
        position = start;
    }

    /// <returns>The recording, or null if something else, or nothing, begins at <paramref name="start"/>.</returns>
    /// <exception cref="InvalidProfileException">The section is damaged or newer than this reader.</exception>
    public static ProfileData? Read(byte[] data, int start, string source) =>
        new ProfSectionReader(data, start, source).Read();

    ProfileData? Read()
    {
        if (!StartsWith(ProfSection.Magic))
            return null;
        EnterBody(ProfSection.Version);
        var strings = Strings();
        var clock = Text(strings);
        var unit = (ClockUnit)Number((int)ClockUnit.Samples);
        var program = Text(strings);
        var started = Zigzag();
        var duration = Zigzag();
        var jitTime = Zigzag();
        var gcPauses = Zigzag();
        var secondsPerTick = Double();
        var overhead = new RecordingOverhead(Double(), Double());
        var compensation = Number(ProfCompensation.All);
        var interruptedCalls = (int)Number(int.MaxValue) - 1;
        if (!(secondsPerTick >= 0) || double.IsInfinity(secondsPerTick))
            throw Invalid("the length of a tick is not a positive number");
        if (!(overhead.CallTicks >= 0 && overhead.LeastTicks >= 0))
            throw Invalid("the overhead of recording is negative");
        if (started < DateTime.MinValue.Ticks || started > DateTime.MaxValue.Ticks)
            throw Invalid("the start time of the recording is not a valid date");

        var environment = new KeyValuePair<string, string>[Count(2)];
        for (var i = 0; i < environment.Length; i++)
            environment[i] = new(Text(strings), Text(strings));

        var methods = new MethodLabel[Count(3)];
        for (var i = 0; i < methods.Length; i++)
            methods[i] = new MethodLabel(Text(strings), (int)Number(int.MaxValue), Text(strings));

        var columns = Columns(strings);
        var threads = new ThreadTree[Count(ShortestThread)];
        for (var i = 0; i < threads.Length; i++)
            threads[i] = Thread(strings, columns, methods.Length);
        LeaveBody();
        var occurrences = Occurrences(methods.Length);
        AddOrigins(methods);
        var facts = new ProfileData
        {
            Clock = clock,
            Unit = unit,
            Overhead = overhead with { IsSampled = (compensation & ProfCompensation.IsSampled) != 0 },
            Compensate = (compensation & ProfCompensation.IsWanted) != 0,
            Program = program,
            StartedUtc = new DateTime(started, DateTimeKind.Utc),
            Duration = TimeSpan.FromTicks(duration),
            JitTime = TimeSpan.FromTicks(jitTime),
            GcPauseTime = TimeSpan.FromTicks(gcPauses),
            SecondsPerTick = secondsPerTick,
            InterruptedCalls = interruptedCalls < 0 ? null : interruptedCalls,
            Environment = environment,
            Methods = methods,
            MethodOccurrences = occurrences,
            Threads = [],
        };
        try
        {
            return facts.WithRecorded(threads);
        }
        catch (InvalidDataException e)
        {
            throw Invalid(e.Message);
        }
    }

    // What follows the recording of a merged profile.
    Occurrence[]? Occurrences(int methods)
    {
        if (!StartsWith(OccurrenceSection.Magic))
            return null;
        EnterBody(OccurrenceSection.Version);
        var occurrences = new Occurrence[Count(3)];
        if (occurrences.Length != methods)
            throw Invalid("the occurrences are not those of the methods");
        for (var i = 0; i < methods; i++)
            occurrences[i] = new(Math.Max(0, Zigzag()), Zigzag(), Zigzag());
        LeaveBody();
        return occurrences;
    }

    // What follows the recording of the methods' origins.
    void AddOrigins(MethodLabel[] methods)
    {
        if (!StartsWith(OriginSection.Magic))
            return;
        EnterBody(OriginSection.Version);
        var assemblies = Strings();
        if (Count(1) != methods.Length)
            throw Invalid("the origins are not those of the methods");
        for (var i = 0; i < methods.Length; i++)
        {
            if (Number(assemblies.Length) is > 0 and var assembly)
            {
                var length = (int)Number(methods[i].Name.Length - (methods[i].IsExternal ? 1 : 0));
                methods[i] = methods[i] with { Origin = new(assemblies[assembly - 1], length, (MethodKind)Number((int)MethodKind.Scope)) };
            }
        }
        LeaveBody();
    }

    bool StartsWith(byte[] magic)
    {
        var available = Math.Min(magic.Length, data.Length - start);
        for (var i = 0; i < available; i++)
        {
            if (data[start + i] != magic[i])
                return false;
        }
        if (available > 0 && data.Length - start < HeadLength)
            throw Invalid("the recorded call tree is cut off");
        return available > 0;
    }

    void EnterBody(int readable)
    {
        position += ProfSection.Magic.Length;
        var version = FixedSize(4);
        if (version != readable)
            throw Invalid($"the recorded call tree has format {version}; this version of ProfilerWeaver reads format "
                + readable);
        var length = FixedSize(8);
        if (length < 0 || length > data.Length - position - ChecksumLength)
            throw Invalid("the recorded call tree is cut off");
        var body = position;
        position = body + (int)length;
        if ((uint)FixedSize(ChecksumLength) != Crc32.Of(data, start, body + (int)length - start))
            throw Invalid("the recorded call tree is damaged: its checksum does not match");
        position = body;
        end = body + (int)length;
    }

    // On to what follows the section.
    void LeaveBody()
    {
        if (position != end)
            throw Invalid("unexpected data follows the recording");
        start = position = end + ChecksumLength;
        end = data.Length;
    }

    string[] Strings()
    {
        var strings = new string[Count(1)];
        for (var i = 0; i < strings.Length; i++)
        {
            var length = Count(1);
            strings[i] = Encoding.UTF8.GetString(data, position, length);
            position += length;
        }
        return strings;
    }

    // Which of the columns that we know each column of the file is; -1 for others.
    int[] Columns(string[] strings)
    {
        var columns = new int[Count(3)];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = Text(strings);
            Text(strings);
            var isSigned = Number(1) == 1;
            columns[i] = Array.IndexOf(ProfColumn.Names, name);
            if (columns[i] >= 0 && isSigned != ProfColumn.IsSigned(columns[i]))
                throw Invalid($"the column '{name}' is not encoded as it is in this format");
        }
        return columns;
    }

    ThreadTree Thread(string[] strings, int[] columns, int methods)
    {
        var id = (int)Zigzag();
        var name = Text(strings);
        var trees = Number(2);
        if (trees == 0)
            throw Invalid("a thread has no tree");
        var tree = Tree(columns, methods);
        return new(id, name, tree) { Truncated = trees == 2 ? TruncatedTree(columns, methods) : null };
    }

    CallTree TruncatedTree(int[] columns, int methods)
    {
        var truncated = Tree(columns, methods);
        foreach (var method in truncated.Root.Children)
        {
            foreach (var caller in method.Children)
            {
                if (truncated.Columns.EndOf(caller.Index) > caller.Index + 1)
                    throw Invalid("the truncated calls have more than two levels");
            }
        }
        return truncated;
    }

    CallTree Tree(int[] columns, int methods)
    {
        var builder = new CallTreeColumns(CountContexts());
        var block = new ProfBlock();
        var depth = 0;
        var isFirst = true;
        while (EnterBlock(block, columns))
        {
            while (block.Fill(this) is > 0 and var count)
            {
                var (contexts, ends, calls) = (block[ProfColumn.Method], block[ProfColumn.Ended], block[ProfColumn.Calls]);
                var (selfTicks, callees) = (block[ProfColumn.Self], block[ProfColumn.Callees]);
                for (var i = 0; i < count; i++)
                {
                    var method = (int)AtMost(methods, (ulong)contexts[i]) - 1;
                    if (method < 0 != isFirst)
                        throw Invalid(isFirst ? "a tree does not begin with its root" : "a call has no method");
                    for (var ended = ends[i] == 0 ? 0 : AtMost(Math.Max(depth - 1, 0), (ulong)ends[i]); ended > 0; ended--, depth--)
                        builder.Leave();
                    builder.Enter(method, calls[i], selfTicks[i], unchecked(selfTicks[i] + callees[i]));
                    depth++;
                    isFirst = false;
                }
                block.AddOthers(this, builder, count);
            }
            block.CheckEnd(this);
        }
        if (isFirst)
            throw Invalid("a tree is empty");
        for (; depth > 0; depth--)
            builder.Leave();
        return builder.Build();
    }

    // Looks through the blocks of a tree, and goes back to its beginning.
    int CountContexts()
    {
        var begin = position;
        var count = 0L;
        while (Number(end - position) is > 0 and var contexts)
        {
            var columns = Count(2);
            for (var i = 0; i < columns; i++)
            {
                Number(int.MaxValue);
                var length = Count(1);
                position += length;
            }
            // A context takes a byte at least, so that false claims do not make large arrays.
            count = AtMost(position - begin, (ulong)(count + contexts));
        }
        position = begin;
        return (int)count;
    }

    // Notes where the columns of the next block are; false at the end of the tree.
    bool EnterBlock(ProfBlock block, int[] columns)
    {
        block.Clear();
        block.Contexts = (int)Number(end - position);
        if (block.Contexts == 0)
            return false;
        for (var left = Count(2); left > 0; left--)
        {
            var column = columns[Number(columns.Length - 1)];
            var length = Count(1);
            if (column >= 0)
                block.Set(column, position, position + length);
            position += length;
        }
        return true;
    }

    double Double() => BitConverter.Int64BitsToDouble(FixedSize(8));

    string Text(string[] strings) => strings[Number(strings.Length - 1)];

    /// <summary>A number of things of which each takes at least <paramref name="size"/> bytes.</summary>
    int Count(int size)
    {
        // The number itself takes room, too, so it is read before the room is measured.
        var count = Varint();
        return (int)AtMost((end - position) / size, count);
    }

    long Number(int most) => AtMost(most, Varint());

    long AtMost(int most, ulong value) => value <= (ulong)Math.Max(most, 0) && most >= 0
        ? (long)value
        : throw Invalid($"found {value} where at most {most} is possible");

    long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (position == end)
                break;
            var part = data[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw Invalid("a number has no end");
    }

    long FixedSize(int size)
    {
        if (end - position < size)
            throw Invalid("the recorded call tree is cut off");
        var value = 0L;
        for (var i = 0; i < size; i++)
            value |= (long)data[position++] << 8 * i;
        return value;
    }

    InvalidProfileException Invalid(string reason) => new(source, position, reason);
}
