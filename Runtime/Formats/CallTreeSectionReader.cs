using System.Text;

namespace ProfilerWeaver;

/// <summary>Reads the section that <see cref="CallTreeSection"/> describes.</summary>
sealed class CallTreeSectionReader
{
    const int HeadLength = 20;
    const int ChecksumLength = 4;
    const int ShortestNode = 8;

    readonly byte[] data;
    readonly string source;
    readonly int start;
    int position;
    int end;

    CallTreeSectionReader(byte[] data, int start, string source)
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
        new CallTreeSectionReader(data, start, source).Read();

    ProfileData? Read()
    {
        if (!StartsWithMagic())
            return null;
        EnterBody();
        var strings = Strings();
        var clock = Text(strings);
        var unit = (ClockUnit)Number((int)ClockUnit.None);
        var program = Text(strings);
        var started = Zigzag();
        var duration = Zigzag();
        var secondsPerTick = Double();
        var overhead = new RecordingOverhead(Double(), Double());
        var compensate = Number(1) == 1;
        var interruptedCalls = (int)Number(int.MaxValue) - 1;
        if (!(secondsPerTick >= 0) || double.IsInfinity(secondsPerTick))
            throw Invalid("the length of a tick is not a positive number");
        if (!(overhead.CallTicks >= 0 && overhead.LeastTicks >= 0))
            throw Invalid("the overhead of recording is negative");
        if (started < DateTime.MinValue.Ticks || started > DateTime.MaxValue.Ticks)
            throw Invalid("the start time of the recording is not a valid date");

        var methods = new MethodLabel[Count(3)];
        for (var i = 0; i < methods.Length; i++)
            methods[i] = new MethodLabel(Text(strings), (int)Number(int.MaxValue), Text(strings));

        var threads = new ThreadTree[Count(3 + ShortestNode)];
        for (var i = 0; i < threads.Length; i++)
            threads[i] = Thread(strings, methods.Length);
        if (position != end)
            throw Invalid("unexpected data follows the recording");

        return new ProfileData
        {
            Clock = clock,
            Unit = unit,
            Overhead = overhead,
            Compensate = compensate,
            Program = program,
            StartedUtc = new DateTime(started, DateTimeKind.Utc),
            Duration = TimeSpan.FromTicks(duration),
            SecondsPerTick = secondsPerTick,
            InterruptedCalls = interruptedCalls < 0 ? null : interruptedCalls,
            Methods = methods,
            Threads = threads,
        };
    }

    bool StartsWithMagic()
    {
        var magic = CallTreeSection.Magic;
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

    void EnterBody()
    {
        position += CallTreeSection.Magic.Length;
        var version = FixedSize(4);
        if (version != CallTreeSection.Version)
            throw Invalid($"the recorded call tree has format {version}; this version of ProfilerWeaver reads format "
                + CallTreeSection.Version);
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

    ThreadTree Thread(string[] strings, int methods)
    {
        var id = (int)Zigzag();
        var name = Text(strings);
        var isFolded = Number(1) == 1;
        return new(id, name, Tree(methods)) { Folded = isFolded ? FoldedTree(methods) : null };
    }

    CallNode FoldedTree(int methods)
    {
        var folded = Tree(methods);
        foreach (var method in folded.Children)
        {
            if (method.Children.Any(caller => caller.Children.Count > 0))
                throw Invalid("the folded calls have more than two levels");
        }
        return folded;
    }

    CallNode Tree(int methods)
    {
        // Claims of children are limited in total, or nested false claims would multiply.
        var nodesLeft = (end - position) / ShortestNode - 1;
        var open = new Stack<(CallNode[] Siblings, int Next)>();
        var root = new CallNode[1];
        open.Push((root, 0));
        while (open.Count > 0)
        {
            var (siblings, next) = open.Pop();
            if (next == siblings.Length)
                continue;
            open.Push((siblings, next + 1));
            var method = (int)Number(siblings == root ? 0 : methods) - 1;
            if (method < 0 && siblings != root)
                throw Invalid("a call has no method");
            var calls = Zigzag();
            var recursiveCalls = Zigzag();
            var resumes = Zigzag();
            var selfTicks = Zigzag();
            var cumulativeTicks = Zigzag();
            var foldedCalls = Zigzag();
            var children = (int)Number(nodesLeft);
            nodesLeft -= children;
            var node = new CallNode
            {
                Method = method,
                Calls = calls,
                RecursiveCalls = recursiveCalls,
                Resumes = resumes,
                SelfTicks = selfTicks,
                CumulativeTicks = cumulativeTicks,
                FoldedCalls = foldedCalls,
                Children = children == 0 ? [] : new CallNode[children],
            };
            siblings[next] = node;
            if (node.Children is CallNode[] { Length: > 0 } unread)
                open.Push((unread, 0));
        }
        return root[0];
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
