namespace ProfilerWeaver;

/// <summary>A few places in preorder. Most that are asked for are none of them, which a bit tells sooner than a search.</summary>
sealed class PlaceBits
{
    const int BitsOfWord = 64;

    ulong[] words = [];

    /// <summary>Adds a place.</summary>
    public void Add(int place)
    {
        var word = place / BitsOfWord;
        if (word >= words.Length)
            Array.Resize(ref words, Math.Max(word + 1, 2 * words.Length));
        words[word] |= 1UL << (place % BitsOfWord);
    }

    /// <summary>Whether a place is one of them.</summary>
    public bool Has(int place) => place / BitsOfWord is var word && word < words.Length && (words[word] >> (place % BitsOfWord) & 1) != 0;
}
