using System.Text;

namespace ProfilerWeaver.Tests.Formats;

/// <summary>The checksum is that of zip, whatever the processor has.</summary>
public class Crc32Tests
{
    // What is enough to be folded, and whatever may be left behind that.
    static readonly int[] Lengths = [0, 1, 7, 64, 16_383, 16_384, 16_385, 16_399, 16_400, 16_447, 16_448, 65_537, 300_001];

    [Test]
    public void The_check_value_of_the_algorithm_comes_out() =>
        Assert.That(Crc32.Of(Encoding.ASCII.GetBytes("123456789"), 0, 9), Is.EqualTo(0xCBF43926));

    [Test]
    public void Folding_and_tables_give_the_same([ValueSource(nameof(Lengths))] int length, [Values(0, 1, 5)] int start)
    {
        var data = new byte[start + length];
        new Random(length).NextBytes(data);
        var byTables = default(Crc32);
        byTables.AddByTables(data, start, data.Length);

        Assert.That(Crc32.Of(data, start, length), Is.EqualTo(byTables.Value));
    }

    [Test]
    public void Pieces_give_the_same_as_the_whole()
    {
        var data = new byte[500_000];
        new Random(1).NextBytes(data);
        var pieces = default(Crc32);
        foreach (var (start, end) in new[] { (0, 100), (100, 100), (100, 50_000), (50_000, 50_001), (50_001, data.Length) })
            pieces.Add(data, start, end - start);

        Assert.That(pieces.Value, Is.EqualTo(Crc32.Of(data, 0, data.Length)));
        Assert.That(pieces.Value, Is.EqualTo(System.IO.Hashing.Crc32.HashToUInt32(data)));
    }
}
