using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ProfilerWeaver.Tests.Export;

namespace ProfilerWeaver.Tests.Import;

/// <summary>Damaged files of other tools: each ends soon, in little memory, with a table or with a reason why there is none. The
/// variable <c>PROFILERWEAVER_MUTANTS</c> sets how many.</summary>
sealed class ImportMutationTests
{
    const int FewMutants = 1_500;
    const long MostMemory = 256 << 20;

    static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(1);

    // What means something in one of the formats.
    static readonly string[] Words =
    [
        "{", "}", "[", "]", "\"", ",", ":", ";", " ", "\n", "-1", "0", "1e308", "99999999999999999999", "null", "\\ud800", "\xFF", "+1", "-1", "*",
        "0x", "(1)", "(999) x", "calls=", "fn=(1)", "cfn=(2)", "events:", "positions: instr line", "\"id\":1", "\"children\":[1]", "\"frame\":0",
        "\"at\":-5", "\"weights\":[1]", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", "\x0A\x7F", "\x12\x00",
    ];

    static readonly (string Name, IProfileWriter Writer)[] Formats =
    [
        ("pprof", new PprofWriter()), ("speedscope", new SpeedscopeWriter()), ("collapsed", new CollapsedWriter()),
        ("callgrind", new CallgrindWriter()), ("cpuprofile", new CpuProfileWriter()),
    ];

    static readonly Dictionary<string, string> OfOtherTools = new()
    {
        ["speedscope"] = """{"shared":{"frames":[{"name":"a"},{"name":"b","file":"b.js","line":3}]},"profiles":[{"type":"sampled","name":"x","unit":"seconds","startValue":0,"endValue":3,"samples":[[0],[0,1]],"weights":[1,2]}]}""",
        ["collapsed"] = "a;b;c 3\na;b 2.5\na 1\nb;c;c;c 7\n",
        ["callgrind"] = "version: 1\ncreator: callgrind-3.19\npositions: instr line\nevents: Ir Dr\nfl=(1) a.c\nfn=(1) main\n0x10 1 5 2\n+4 +1 7\ncfi=(2) b.c\ncfn=(2) f\ncalls=2 0x20 9\n* * 40\n\nfl=(2)\nfn=(2)\n0x20 9 20 1\n",
        ["cpuprofile"] = """{"nodes":[{"id":1,"callFrame":{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1},"hitCount":0,"children":[2]},{"id":2,"callFrame":{"functionName":"","scriptId":"4","url":"file:///a.js","lineNumber":3,"columnNumber":2},"hitCount":2}],"startTime":10,"endTime":40,"samples":[2,1,2],"timeDeltas":[1,9,-2]}""",
    };

    readonly int count = Environment.GetEnvironmentVariable("PROFILERWEAVER_MUTANTS") is { Length: > 0 } number
        ? int.Parse(number, CultureInfo.InvariantCulture)
        : FewMutants;

    [Test]
    public void A_mutant_is_a_table_or_refused([Values("pprof", "speedscope", "collapsed", "callgrind", "cpuprofile")] string format)
    {
        var originals = Originals(format);
        var random = new Random(1);
        var (read, slowest, largest) = (0, TimeSpan.Zero, 0L);
        Assert.That(originals.TrueForAll(original => Try(original).IsRead), "the originals are read");

        for (var i = 0; i < count; i++)
        {
            var mutant = Mutate(originals, random);
            var result = Try(mutant);
            // The machine may have been busy with something else.
            for (var repeat = 0; repeat < 3 && result.Time > LongestTime; repeat++)
                result = Try(mutant);
            Assert.That(result.Time, Is.LessThan(LongestTime), $"mutant {i}");
            Assert.That(result.Memory, Is.LessThan(MostMemory), $"mutant {i}");
            slowest = result.Time > slowest ? result.Time : slowest;
            largest = Math.Max(largest, result.Memory);
            read += result.IsRead ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{count} mutants of {format}: {read} read; the slowest took {slowest.TotalMilliseconds:0.0} ms, the "
            + $"largest {largest >> 10} KiB");
        // Otherwise the mutants are so damaged that they test nothing, or not at all.
        Assert.That(read, Is.InRange(count / 50, count - count / 50));
    }

    static List<byte[]> Originals(string format)
    {
        var writer = Formats.Single(known => known.Name == format).Writer;
        var originals = Enumerable.Range(0, 20).Select(seed => Exported.Bytes(RandomProfiles.Recording(seed), writer, new() { MaxNodes = 40 })).ToList();
        // Zipped, nothing would be met but the checksum.
        if (format == "pprof")
            originals = originals.ConvertAll(Unzip);
        else if (OfOtherTools.TryGetValue(format, out var other))
            originals.Add(Encoding.UTF8.GetBytes(other));
        return originals;
    }

    static byte[] Unzip(byte[] data)
    {
        using var zip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
        using var unzipped = new MemoryStream();
        zip.CopyTo(unzipped);
        return unzipped.ToArray();
    }

    static byte[] Mutate(List<byte[]> originals, Random random)
    {
        var data = originals[random.Next(originals.Count)].ToList();
        for (var changes = random.Next(2) == 0 ? 1 : random.Next(2, 6); changes > 0 && data.Count > 0; changes--)
        {
            var place = random.Next(data.Count);
            var length = Math.Min(random.Next(1, 30), data.Count - place);
            // Every other change leaves text what it is.
            if (random.Next(2) == 0 && data.FindIndex(place, value => value is >= (byte)'0' and <= (byte)'9') is >= 0 and var digit)
            {
                data[digit] = (byte)random.Next('0', '9' + 1);
                continue;
            }
            switch (random.Next(7))
            {
                case 0: data[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: data[place] = (byte)random.Next(256); break;
                case 2: data.RemoveRange(place, length); break;
                case 3: data.InsertRange(random.Next(data.Count), data.GetRange(place, length)); break;
                case 4: data.RemoveRange(place, data.Count - place); break;
                case 5:
                    var other = originals[random.Next(originals.Count)];
                    data.InsertRange(place, other.Skip(random.Next(other.Length)).Take(random.Next(100)));
                    break;
                default:
                    data.InsertRange(place, Encoding.Latin1.GetBytes(Words[random.Next(Words.Length)]));
                    break;
            }
        }
        return [.. data];
    }

    static (bool IsRead, TimeSpan Time, long Memory) Try(byte[] data)
    {
        var memory = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var isRead = IsRead(data);
        return (isRead, clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - memory);
    }

    // Reads a file, and prints everything that can be printed of it. A file may have become one of another format, or of none.
    static bool IsRead(byte[] data)
    {
        try
        {
            if (ForeignProfile.ReadAny("mutant", data) is not { } content)
                return false;
            var stats = content.Recording is { } recording ? new Stats(recording) : new Stats(content.Rows);
            stats.SortStats("stdname").PrintStats(TextWriter.Null).PrintCallers(TextWriter.Null).PrintCallees(TextWriter.Null);
            if (content.Recording is not null)
                stats.PrintTree(TextWriter.Null);
            return true;
        }
        catch (InvalidProfileException e)
        {
            Assert.That(e.Offset, Is.InRange(0, data.Length));
            Assert.That(e.Reason, Is.Not.Empty);
            return false;
        }
    }
}
