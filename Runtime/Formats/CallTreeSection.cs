using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// What a profile of ours holds after the table for pstats: the complete recording. Readers of pstats stop before it.
/// </summary>
/// <remarks>
/// <para>Fixed-size numbers are little-endian. A varint has seven bits a byte, the lowest first; the eighth bit says
/// that more follow. A zigzag is a signed number as a varint: 0, -1, 1, -2 are written as 0, 1, 2, 3.</para>
/// <code>
/// section   = magic (8 bytes: 89 'P' 'W' 'T' 0D 0A 1A 0A), version (int32), length of the body (int64),
///             body, CRC-32 of everything before it, from the magic on (int32)
/// body      = strings, header, methods, threads
/// strings   = count (varint), then each: number of bytes (varint), UTF-8
/// text      = index in strings (varint)
/// header    = clock (text), unit (varint: ClockUnit), program (text), start in UTC (zigzag, units of 100 ns since
///             0001-01-01), duration (zigzag, units of 100 ns), seconds per tick (IEEE double), overhead of a call and
///             least measurable time in ticks (IEEE doubles), whether to take them off (varint: 0, 1),
///             interrupted calls + 1 (varint; 0 if the recording ended as it should)
/// methods   = count (varint), then each: file (text), line (varint), name (text)
/// threads   = count (varint), then each: id (zigzag), name (text), whether calls were folded (varint: 0, 1),
///             root (node), if calls were folded: their root (node)
/// node      = method + 1 (varint; 0 for a root), calls, recursive calls, resumes, self ticks, cumulative ticks, folded
///             calls (zigzags), number of children (varint), then the children, each with all of its own (preorder)
/// </code>
/// <para>A change that old readers could not follow raises the version.</para>
/// </remarks>
static class CallTreeSection
{
    public const int Version = 2;

    /// <summary>Like that of PNG: it shows at once when a transfer took the file for text.</summary>
    public static byte[] Magic => [0x89, (byte)'P', (byte)'W', (byte)'T', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ByteWriter Write(ProfileData profile)
    {
        var strings = new StringTable();
        var content = new ByteWriter();
        WriteHeader(profile, strings, content);
        content.Varint((ulong)profile.Threads.Count);
        foreach (var thread in profile.Threads)
        {
            content.Zigzag(thread.Id);
            content.Varint(strings.IndexOf(thread.Name));
            content.Varint(thread.Folded is null ? 0UL : 1UL);
            WriteTree(thread.Root, content);
            if (thread.Folded is not null)
                WriteTree(thread.Folded, content);
        }

        var table = strings.Write();
        var section = new ByteWriter();
        section.Bytes(Magic);
        section.Int32(Version);
        section.Int64((long)table.Length + content.Length);
        section.Append(table);
        section.Append(content);
        section.Int32((int)section.Checksum());
        return section;
    }

    static void WriteHeader(ProfileData profile, StringTable strings, ByteWriter output)
    {
        output.Varint(strings.IndexOf(profile.Clock));
        output.Varint((ulong)profile.Unit);
        output.Varint(strings.IndexOf(profile.Program));
        output.Zigzag(profile.StartedUtc.Ticks);
        output.Zigzag(profile.Duration.Ticks);
        output.Double(profile.SecondsPerTick);
        output.Double(profile.Overhead.CallTicks);
        output.Double(profile.Overhead.LeastTicks);
        output.Varint(profile.Compensate ? 1UL : 0UL);
        output.Varint(profile.InterruptedCalls is { } calls ? (ulong)calls + 1 : 0);

        output.Varint((ulong)profile.Methods.Count);
        foreach (var method in profile.Methods)
        {
            output.Varint(strings.IndexOf(method.File));
            output.Varint((ulong)method.Line);
            output.Varint(strings.IndexOf(method.Name));
        }
    }

    static void WriteTree(CallNode root, ByteWriter output)
    {
        var walker = new CallTreeWalker(root);
        while (walker.MoveNext())
        {
            if (!walker.IsEntering)
                continue;
            var node = walker.Node;
            output.Varint(walker.Depth == 0 ? 0 : (ulong)node.Method + 1);
            output.Zigzag(node.Calls);
            output.Zigzag(node.RecursiveCalls);
            output.Zigzag(node.Resumes);
            output.Zigzag(node.SelfTicks);
            output.Zigzag(node.CumulativeTicks);
            output.Zigzag(node.FoldedCalls);
            output.Varint((ulong)node.Children.Count);
        }
    }

    sealed class StringTable
    {
        readonly Dictionary<string, int> indexOfText = [];
        readonly ByteWriter texts = new();

        public ulong IndexOf(string text)
        {
            if (indexOfText.TryGetValue(text, out var index))
                return (ulong)index;
            index = indexOfText.Count;
            indexOfText[text] = index;
            var bytes = Encoding.UTF8.GetBytes(text);
            texts.Varint((ulong)bytes.Length);
            texts.Bytes(bytes);
            return (ulong)index;
        }

        public ByteWriter Write()
        {
            var table = new ByteWriter();
            table.Varint((ulong)indexOfText.Count);
            table.Append(texts);
            return table;
        }
    }
}
