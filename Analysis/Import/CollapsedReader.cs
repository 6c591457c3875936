using System.Buffers.Text;
using System.Text;

namespace ProfilerWeaver;

/// <summary>Collapsed stacks: lines of names with <c>;</c> between them, a space, and a number, whose unit the file does not
/// tell.</summary>
sealed class CollapsedReader : IProfileReader
{
    const byte Separator = (byte)';';

    /// <summary>Text whose first line that is not empty ends with a number, or has no end so far and names several methods.</summary>
    public bool Recognizes(ReadOnlySpan<byte> beginning)
    {
        if (beginning.IndexOfAnyInRange((byte)0, (byte)8) >= 0)
            return false;
        beginning = beginning.TrimStart("\r\n"u8);
        var end = beginning.IndexOf((byte)'\n');
        return Split(end < 0 ? beginning : beginning[..end], out _, out _) || end < 0 && beginning.Contains(Separator);
    }

    public ForeignContent Read(ForeignFile file)
    {
        var profile = new ImportedProfile(file) { Unit = ClockUnit.Samples };
        var stacks = new Stacks(profile, profile.Thread(""), file);
        ReadOnlySpan<byte> data = file.Data;
        for (var start = 0; start < data.Length;)
        {
            var length = data[start..].IndexOf((byte)'\n');
            if (length < 0)
                length = data.Length - start;
            if (!data.Slice(start, length).Trim("\r \t"u8).IsEmpty)
                stacks.Add(data.Slice(start, length), start);
            start += length + 1;
        }
        return profile.Build();
    }

    static bool Split(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> path, out double number)
    {
        path = default;
        number = 0;
        line = line.TrimEnd("\r \t"u8);
        var space = line.LastIndexOf((byte)' ');
        if (space <= 0 || !Utf8Parser.TryParse(line[(space + 1)..], out number, out var used) || used != line.Length - space - 1
            || !double.IsFinite(number) || Math.Abs(number) > long.MaxValue / 2)
            return false;
        path = line[..space];
        return true;
    }

    sealed class Stacks(ImportedProfile profile, ImportedTree tree, ForeignFile file)
    {
        readonly Dictionary<string, int> methods = [];

        // The stack of the line before: most lines begin like it. For each frame, where its name ends, and its context.
        readonly List<(int End, int Context)> path = [];
        byte[] before = [];

        public void Add(ReadOnlySpan<byte> line, int offset)
        {
            if (!Split(line, out var text, out var number))
                throw file.Invalid(offset, "a line does not end with a space and a number");
            var same = text.CommonPrefixLength(before);
            var shared = path.Count;
            while (shared > 0 && !(path[shared - 1].End <= same && (path[shared - 1].End == text.Length || text[path[shared - 1].End] == Separator)))
                shared--;
            path.RemoveRange(shared, path.Count - shared);
            var context = shared == 0 ? ImportedTree.Root : path[shared - 1].Context;
            for (var start = shared == 0 ? 0 : path[shared - 1].End + 1; start <= text.Length;)
            {
                var length = text[start..].IndexOf(Separator);
                if (length < 0)
                    length = text.Length - start;
                context = tree.Below(context, MethodOf(Encoding.UTF8.GetString(text.Slice(start, length))), offset);
                start += length;
                path.Add((start++, context));
            }
            before = text.ToArray();
            var whole = (long)Math.Round(number);
            tree.Add(context, new() { SelfTicks = whole, Samples = whole });
        }

        int MethodOf(string name)
        {
            if (!methods.TryGetValue(name, out var method))
            {
                var unescaped = name.Replace("%20", " ", StringComparison.Ordinal)
                    .Replace("%3B", ";", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
                methods[name] = method = profile.MethodOf(unescaped, null, 0);
            }
            return method;
        }
    }
}
