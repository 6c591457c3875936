using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Google.Protobuf;

namespace ProfilerWeaver.Tests.Import;

/// <summary>Files that are made to take time or memory.</summary>
sealed class HostileFileTests
{
    const long MostMemory = 256 << 20;

    [Test]
    public void A_file_that_unzips_to_a_thousand_times_its_size_is_refused()
    {
        using var bomb = new MemoryStream();
        using (var zip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < 256; i++)
                zip.Write(new byte[1 << 20]);
        }

        AssertRefused(bomb.ToArray(), "unzips to more than 100 times its size");
    }

    // A location with a thousand functions compiled into each other, which samples have on their stacks a thousand times.
    [Test]
    public void Stacks_that_are_written_once_and_meant_a_million_times_are_refused()
    {
        var lines = Enumerable.Range(1, 1000).SelectMany(id => Field(4, [.. Number(1, id)]));
        var locations = Field(4, [.. Number(1, 1), .. lines]);
        var functions = Enumerable.Range(1, 1000).SelectMany(id => Field(5, [.. Number(1, id), .. Number(2, id)]));
        var sample = Field(2, [.. Field(1, [.. Enumerable.Repeat((byte)1, 1000)]), .. Field(2, [1])]);
        byte[] file =
        [
            .. Field(1, [.. Number(1, 1), .. Number(2, 1)]), .. Enumerable.Repeat(sample, 20).SelectMany(bytes => bytes), .. locations,
            .. functions, .. Enumerable.Range(0, 1001).SelectMany(i => Field(6, Encoding.ASCII.GetBytes(i == 0 ? "" : $"f{i}"))),
        ];

        AssertRefused(file, "than a file of its length can mean to have");
    }

    [Test]
    public void A_stack_of_a_million_frames_is_read()
    {
        var path = string.Join(';', Enumerable.Repeat("a", 1_000_000));

        var content = ForeignProfile.ReadAny("deep", Encoding.ASCII.GetBytes($"{path} 3\n{path};b 4\n"))!;

        Assert.That(content.Rows.Select(row => (row.Name, row.TotalTime, row.CumulativeTime)),
            Is.EquivalentTo(new[] { ("<a>", 3.0, 7.0), ("<b>", 4.0, 4.0) }));
    }

    [Test]
    public void Nodes_that_are_children_of_each_other_are_refused() => AssertRefused(
        """{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"}},{"id":2,"callFrame":{"functionName":"a"},"children":[3]},{"id":3,"callFrame":{"functionName":"b"},"children":[2]}]}""",
        "nodes are children of each other");

    [TestCase("""{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"evented","unit":"none","events":[{"type":"O","frame":0,"at":2},{"type":"C","frame":0,"at":1}]}]}""", "comes after that at 2")]
    [TestCase("""{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"evented","unit":"none","events":[{"type":"C","frame":0,"at":1}]}]}""", "was not entered last")]
    [TestCase("""{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","unit":"none","samples":[[1]],"weights":[1]}]}""", "there are 1")]
    [TestCase("""{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","unit":"none","samples":[[0]],"weights":[1,2]}]}""", "1 samples and 2 weights")]
    [TestCase("""{"shared":{"frames":[{"name":"\ud800"}]},"profiles":[]}""", "a text in it is not valid")]
    [TestCase("""{"shared":{"frames":[]},"profiles":[]}""", "it has no samples and no calls")]
    [TestCase("""{"nodes":[{"id":1}]}""", "a node has no callFrame")]
    [TestCase("""{"nodes":[""", "it is no valid JSON")]
    [TestCase("a;b 1\nc\n", "a line does not end with a space and a number")]
    [TestCase("# callgrind format\nevents: Ir\n5 5\n", "a cost of no function")]
    [TestCase("# callgrind format\nevents: Ir\nfn=(1)\n", "there is no name (1) so far")]
    [TestCase("# callgrind format\nevents: Ir\nfn=a\n5 x\n", "'x' is not a number")]
    public void What_is_wrong_is_said(string file, string reason) => AssertRefused(file, reason);

    static void AssertRefused(string file, string reason) => AssertRefused(Encoding.UTF8.GetBytes(file), reason);

    static void AssertRefused(byte[] file, string reason)
    {
        var memory = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.Throws<InvalidProfileException>(() => ForeignProfile.ReadAny("hostile", file))!;

        Assert.That(refusal.Message, Does.Contain(reason));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - memory, Is.LessThan(MostMemory));
    }

    static byte[] Number(int field, int value) => [(byte)(field << 3), .. Varint(value)];

    static byte[] Field(int field, byte[] content) => [(byte)(field << 3 | 2), .. Varint(content.Length), .. content];

    static byte[] Varint(int value)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            output.WriteInt32(value);
        return bytes.ToArray();
    }
}
