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

    /// <summary>Whether one of the places from <paramref name="start"/> to before <paramref name="end"/> is one of them.</summary>
    public bool HasAny(int start, int end)
    {
        var last = Math.Min(end - 1, words.Length * BitsOfWord - 1);
        for (var place = start; place <= last; place++)
        {
            // Whole words at once.
            if (place % BitsOfWord == 0 && words[place / BitsOfWord] == 0)
                place += BitsOfWord - 1;
            else if (Has(place))
                return true;
        }
        return false;
    }

    /// <summary>Whether a place is one of them.</summary>
    public bool Has(int place) => (uint)place / BitsOfWord is var word && word < (uint)words.Length && (words[word] >> place & 1) != 0;
}
