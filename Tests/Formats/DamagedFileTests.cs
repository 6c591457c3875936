using System.Diagnostics;
using System.Text;

namespace ProfilerWeaver.Tests;

/// <summary>Whatever is in a file, reading it ends soon, with a table or with a reason why not.</summary>
sealed class DamagedFileTests
{
    static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);

    static readonly Lazy<byte[]> FileOfPython = new(() =>
    {
        using var folder = new TemporaryFolder();
        CPython.Latest.Run(
            """
            import cProfile, sys
            def fact(n):
                return n * fact(n - 1) if n else len('')
            def main():
                return [fact(3), fact(2)]
            cProfile.run('main()', sys.argv[1])
            """,
            folder.File("python.prof"));
        return File.ReadAllBytes(folder.File("python.prof"));
    });

    [Test]
    public void Every_beginning_of_a_file_of_ours_is_refused_or_has_the_whole_table()
    {
        var data = FileOfOurs();
        var table = TableText.Of(ProfFile.ReadRows(new MemoryStream(data)));
        var read = 0;
        for (var length = 0; length < data.Length; length++)
        {
            var beginning = data[..length];
            if (TryRead(beginning, ProfFile.Read) is { } content)
            {
                Assert.That((content.Recording, TableText.Of(content.Rows)), Is.EqualTo(((ProfileData?)null, table)));
                read++;
            }
            if (TryRead(beginning, ProfFile.ReadRows) is { } rows)
                Assert.That(TableText.Of(rows), Is.EqualTo(table), $"{length} bytes");
        }
        // Only what ends exactly after the table cannot be told from a file of CPython.
        Assert.That(read, Is.EqualTo(1));
    }

    [Test]
    public void Every_beginning_of_a_file_of_CPython_is_refused()
    {
        var data = FileOfPython.Value;
        for (var length = 0; length < data.Length; length++)
            Assert.That(TryRead(data[..length], ProfFile.Read), Is.Null, $"{length} bytes");
    }

    [Test]
    public void Random_damage_is_survived([Values] bool ours, [Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        var original = ours ? FileOfOurs() : FileOfPython.Value;
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 1000; round++)
        {
            var data = (byte[])original.Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                Damage(data, random);
            TryRead(data, ProfFile.Read);
        }
        Assert.That(clock.Elapsed, Is.LessThan(LongestRead));
    }

    [Test]
    public void Every_changed_bit_of_the_call_tree_is_noticed()
    {
        var data = FileOfOurs();
        var start = data.AsSpan().IndexOf(ProfSection.Magic);
        for (var i = start + 8; i < data.Length; i++)
        {
            data[i] ^= 4;
            Assert.That(
                () => ProfFile.Read(new MemoryStream(data)), Throws.TypeOf<InvalidProfileException>(), $"byte {i}");
            data[i] ^= 4;
        }
    }

    [Test]
    public void Every_changed_bit_of_what_merged_profiles_have_behind_it_is_noticed()
    {
        using var merge = new ProfileMerge(mostBytes: 1 << 20);
        merge.Add(RandomProfiles.Recording(3));
        var output = new MemoryStream();
        ProfFile.Write(merge, output);
        var data = output.ToArray();
        // What another magic begins is another section, of which nothing is known.
        var origins = data.AsSpan().IndexOf(OriginSection.Magic);
        for (var i = data.AsSpan().IndexOf(OccurrenceSection.Magic) + 8; i < data.Length; i++)
        {
            if (i >= origins && i < origins + 8)
                continue;
            data[i] ^= 4;
            Assert.That(() => ProfFile.Read(new MemoryStream(data)), Throws.TypeOf<InvalidProfileException>(), $"byte {i}");
            data[i] ^= 4;
        }
        var recording = ProfFile.Read(new MemoryStream(data)).Recording!;
        Assert.That(recording.MethodOccurrences, Is.Not.Null);
        Assert.That(recording.Methods.Where(method => method.Assembly is not null), Is.Not.Empty);
    }

    [Test]
    public void Damage_in_the_call_tree_with_a_right_checksum_is_survived([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        var original = ProfSectionWriter.Write(RandomProfiles.Recording(3));
        for (var round = 0; round < 1000; round++)
        {
            var data = Bytes(original);
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                data[random.Next(20, data.Length - 4)] = (byte)random.Next(256);
            BitConverter.GetBytes(Crc32.Of(data, 0, data.Length - 4)).CopyTo(data, data.Length - 4);
            try
            {
                var recording = ProfSectionReader.Read(data, 0, "damaged");
                Assert.That(() => FlatProfile.From(recording!), Throws.Nothing);
            }
            catch (InvalidProfileException)
            {
            }
        }
    }

    [Test]
    public void A_text_that_would_reach_beyond_the_call_tree_is_refused()
    {
        var output = new ByteWriter();
        output.Bytes(ProfSection.Magic);
        output.Int32(ProfSection.Version);
        // One text of one byte, and the byte is not there.
        output.Int64(2);
        output.Bytes([1, 1]);
        output.Int32((int)output.Checksum());

        Assert.That(() => ProfSectionReader.Read(Bytes(output), 0, "short"), Throws.TypeOf<InvalidProfileException>()
            .With.Property(nameof(InvalidProfileException.Reason)).Contains("found 1 where at most 0"));
    }

    [TestCase("", 0, "empty")]
    [TestCase("7B 30", 0, "nothing was recorded")]
    [TestCase("4E", 0, "expected a dictionary")]
    [TestCase("30", 0, "unexpected end of a dictionary")]
    [TestCase("7B 28 FF FF FF 7F", 1, "tuple of 2147483647 items")]
    [TestCase("7B 28 FF FF FF FF", 1, "tuple of -1 items")]
    [TestCase("7B 75 FF FF FF 7F", 6, "unexpected end of file")]
    [TestCase("7B A9 01 72 00 00 00 00", 3, "contains itself")]
    [TestCase("FB 72 00 00 00 00", 1, "contains itself")]
    [TestCase("7B 72 05 00 00 00", 1, "does not exist")]
    [TestCase("7B 52 00 00 00 00", 2, "does not exist")]
    [TestCase("7B 21 00 00 00 00", 1, "type 0x21")]
    [TestCase("7B 75 01 00 00 00 FF", 6, "not valid UTF-8")]
    [TestCase("7B 6C 05 00 00 00 FF 7F FF 7F FF 7F FF 7F FF 7F", 16, "unexpected end of file")]
    [TestCase("7B 66 02 2E 2E", 3, "expected a number")]
    [TestCase("7B 4E 4E 30", 0, "tuples of 3 items")]
    [TestCase("7B 29 01 4E 4E 30", 1, "1 items instead of 3")]
    [TestCase("7B 29 03 4E 4E 4E 4E 30", 1, "does not consist of file, line and function")]
    public void The_reason_and_the_place_are_told(string hex, int offset, string reason)
    {
        var stream = new MemoryStream(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.That(() => ProfFile.ReadRows(stream, "some file"), Throws.TypeOf<InvalidProfileException>()
            .With.Property(nameof(InvalidProfileException.Offset)).EqualTo(offset)
            .And.Property(nameof(InvalidProfileException.Reason)).Contains(reason)
            .And.Property(nameof(InvalidProfileException.File)).EqualTo("some file")
            .And.Message.Contains("some file"));
    }

    [Test]
    public void Nesting_without_end_is_refused()
    {
        var data = Enumerable.Repeat(new byte[] { (byte)')', 1 }, 1_000_000).SelectMany(item => item).ToArray();

        Assert.That(() => ProfFile.Read(new MemoryStream(data)), Throws.TypeOf<InvalidProfileException>());
    }

    [Test]
    public void Rows_that_share_a_large_dictionary_of_callers_take_no_more_time_than_their_bytes()
    {
        const int count = 20_000;
        var output = new ByteWriter();
        var table = new MarshalWriter(output);
        table.BeginDictionary();
        Key(0);
        Figures(5);
        output.Byte((byte)'{' | 0x80);
        for (var i = 0; i < count; i++)
        {
            Key(i);
            Figures(4);
        }
        table.EndDictionary();
        for (var i = 1; i < count; i++)
        {
            Key(i);
            Figures(5);
            output.Bytes([(byte)'r', 0, 0, 0, 0]);
        }
        table.EndDictionary();
        var clock = Stopwatch.StartNew();

        var rows = ProfFile.ReadRows(new MemoryStream(Bytes(output)));

        Assert.That(clock.Elapsed, Is.LessThan(LongestRead));
        Assert.That(rows.Select(row => row.Callers.Count), Is.All.EqualTo(count));

        void Key(int line)
        {
            table.BeginTuple(3);
            table.Text("a.py");
            table.Integer(line);
            table.Text("f");
        }

        void Figures(int items)
        {
            table.BeginTuple(items);
            table.Integer(1);
            table.Integer(1);
            table.Float(0);
            table.Float(0);
        }
    }

    [Test]
    public void A_newer_format_of_the_call_tree_is_told()
    {
        var data = FileOfOurs();
        data[data.AsSpan().IndexOf(ProfSection.Magic) + 8] = 99;

        Assert.That(() => ProfFile.Read(new MemoryStream(data)),
            Throws.TypeOf<InvalidProfileException>().With.Message.Contains("format 99"));
        Assert.That(ProfFile.ReadRows(new MemoryStream(data)), Is.Not.Empty);
    }

    [Test]
    public void A_text_file_is_refused() =>
        Assert.That(() => ProfFile.Read(new MemoryStream(Encoding.UTF8.GetBytes("ncalls tottime percall"))),
            Throws.TypeOf<InvalidProfileException>());

    [Test]
    [Platform("Linux, MacOSX")]
    public void A_file_without_end_is_refused_at_once() =>
        Assert.That(() => new Stats("/dev/zero"),
            Throws.TypeOf<InvalidProfileException>().With.Property(nameof(InvalidProfileException.Offset)).Zero);

    static void Damage(byte[] data, Random random)
    {
        var place = random.Next(data.Length);
        switch (random.Next(4))
        {
            case 0:
                data[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                data[place] = (byte)random.Next(256);
                break;
            case 2:
                data.AsSpan(place, Math.Min(4, data.Length - place)).Fill((byte)(random.Next(2) * 0xFF));
                break;
            default:
                var length = random.Next(1, data.Length - place + 1);
                data.AsSpan(random.Next(data.Length - length + 1), length).CopyTo(data.AsSpan(place, length));
                break;
        }
    }

    static T? TryRead<T>(byte[] data, Func<Stream, string, T> read)
        where T : class
    {
        try
        {
            return read(new MemoryStream(data), "damaged");
        }
        catch (InvalidProfileException)
        {
            return null;
        }
    }

    static byte[] FileOfOurs()
    {
        using var stream = new MemoryStream();
        ProfFile.Write(SmallRecording(), stream);
        return stream.ToArray();
    }

    static ProfileData SmallRecording()
    {
        var tree = new TreeBuilder();
        var (main, work) = (tree.Method("Main"), tree.Method("Größe.Work"));
        tree.Call(main, () =>
        {
            for (var i = 0; i < 3; i++)
                tree.Call(work, () => tree.Call(work, () => tree.Now += 7));
        });
        tree.NextThread("Worker");
        tree.Call(work, () => tree.Call(main, () => tree.Now += 1000));
        return tree.Build(1e-9);
    }

    static byte[] Bytes(ByteWriter writer)
    {
        using var stream = new MemoryStream();
        writer.CopyTo(stream);
        return stream.ToArray();
    }
}
