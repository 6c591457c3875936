using System.Text;

namespace ProfilerWeaver;

/// <summary>Texts, each written once and named by its number.</summary>
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
