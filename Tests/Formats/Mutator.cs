using System.Buffers.Binary;

namespace ProfilerWeaver.Tests;

/// <summary>Damages files in the ways that transfers, programs and enemies do.</summary>
sealed class Mutator(IReadOnlyList<byte[]> files, Random random)
{
    // Every type of object that marshal has, most of which no profile contains.
    const string Types = "0NTFS.ilIfgxystRr()[]{}<>cuaAzZ:";

    static readonly int[] Numbers =
        [0, 1, -1, 2, 16, 63, 64, 65, 255, 256, 0x7FFF, 0xFFFF, 0x10000, 0x1000000, int.MaxValue, int.MinValue, int.MaxValue - 8];

    public byte[] Next()
    {
        var original = files[random.Next(files.Count)];
        var data = original.ToList();
        // Every other mutant is damaged in the call trees, if it has any.
        var first = random.Next(2) == 0 ? Math.Max(SectionStart(original), 0) : 0;
        for (var changes = random.Next(2) == 0 ? 1 : random.Next(2, 9); changes > 0; changes--)
            Change(data, first);
        var mutant = data.ToArray();
        if (random.Next(4) > 0)
            MendSections(mutant);
        return mutant;
    }

    void Change(List<byte> data, int first)
    {
        if (data.Count <= first)
            return;
        var place = random.Next(first, data.Count);
        switch (random.Next(10))
        {
            case 0:
                data[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                data[place] = (byte)random.Next(256);
                break;
            case 2:
                data[place] = (byte)(Types[random.Next(Types.Length)] | random.Next(2) << 7);
                break;
            case 3:
                Put(data, place, BitConverter.GetBytes(Numbers[random.Next(Numbers.Length)]));
                break;
            case 4:
                Put(data, place, BitConverter.GetBytes(random.Next(4) switch
                {
                    0 => double.NaN,
                    1 => double.NegativeInfinity,
                    2 => -1e-9,
                    _ => BitConverter.Int64BitsToDouble(random.NextInt64()),
                }));
                break;
            case 5:
                data.RemoveRange(place, Math.Min(random.Next(1, 40), data.Count - place));
                break;
            case 6:
                data.InsertRange(place, Enumerable.Range(0, random.Next(1, 9)).Select(_ => (byte)random.Next(256)));
                break;
            case 7:
                var length = Math.Min(random.Next(1, 200), data.Count - place);
                data.InsertRange(random.Next(first, data.Count), data.GetRange(place, length));
                break;
            case 8:
                var other = files[random.Next(files.Count)];
                data.RemoveRange(place, data.Count - place);
                data.AddRange(other.Skip(random.Next(other.Length)));
                break;
            default:
                // A reference in place of an object, to itself or to another one.
                data[place] = (byte)'r';
                Put(data, place + 1, BitConverter.GetBytes(random.Next(-1, 40)));
                break;
        }
    }

    static void Put(List<byte> data, int place, byte[] bytes)
    {
        for (var i = 0; i < bytes.Length && place + i < data.Count; i++)
            data[place + i] = bytes[i];
    }

    /// <summary>Makes the length and the checksum of the call trees, and of what follows them, right, or no damage would be met behind
    /// them.</summary>
    static void MendSections(byte[] data)
    {
        byte[][] magics = [ProfSection.Magic, OccurrenceSection.Magic, OriginSection.Magic];
        var starts = magics.Select(magic => data.AsSpan().IndexOf(magic)).Where(start => start >= 0).Order().ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var section = data.AsSpan()[starts[i]..(i + 1 < starts.Count ? starts[i + 1] : data.Length)];
            if (section.Length < 24)
                continue;
            BinaryPrimitives.WriteInt64LittleEndian(section[12..], section.Length - 24);
            BinaryPrimitives.WriteUInt32LittleEndian(section[^4..], Crc32.Of(data, starts[i], section.Length - 4));
        }
    }

    static int SectionStart(byte[] data) => data.AsSpan().IndexOf(ProfSection.Magic);
}
