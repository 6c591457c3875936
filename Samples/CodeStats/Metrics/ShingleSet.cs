using CodeStats.Lexing;

namespace CodeStats.Metrics;

/// <summary>
/// The hashes of all runs of a few tokens in a piece of code. Names and literals are all alike, so code that differs
/// only in those has the same shingles.
/// </summary>
sealed class ShingleSet
{
    const int Width = 5;
    const int SketchSize = 8;
    const ulong HashOffset = 14695981039346656037;
    const ulong HashPrime = 1099511628211;

    readonly ulong[] hashes;

    ShingleSet(ulong[] hashes) => this.hashes = hashes;

    /// <summary>The smallest hashes: code that is alike nearly always has some of them in common.</summary>
    public ReadOnlySpan<ulong> Sketch => hashes.AsSpan(0, Math.Min(SketchSize, hashes.Length));

    /// <summary>The shingles of a range of tokens.</summary>
    public static ShingleSet Of(IReadOnlyList<Token> tokens, Range range)
    {
        var (start, length) = range.GetOffsetAndLength(tokens.Count);
        var symbols = new ulong[length];
        for (var index = 0; index < length; index++)
            symbols[index] = Symbol(tokens[start + index]);
        return new([.. Shingles(symbols).Distinct().Order()]);
    }

    /// <summary>The share of shingles that two pieces of code have in common, from 0 to 1.</summary>
    public double SimilarityTo(ShingleSet other)
    {
        var common = CommonWith(other);
        var all = hashes.Length + other.hashes.Length - common;
        return all == 0 ? 0 : (double)common / all;
    }

    int CommonWith(ShingleSet other)
    {
        var (left, right, common) = (0, 0, 0);
        while (left < hashes.Length && right < other.hashes.Length)
        {
            var order = hashes[left].CompareTo(other.hashes[right]);
            if (order == 0)
                common++;
            if (order <= 0)
                left++;
            if (order >= 0)
                right++;
        }
        return common;
    }

    static IEnumerable<ulong> Shingles(ulong[] symbols)
    {
        for (var end = Width; end <= symbols.Length; end++)
            yield return Combine(symbols.AsSpan(end - Width, Width));
    }

    static ulong Combine(ReadOnlySpan<ulong> symbols)
    {
        var hash = HashOffset;
        foreach (var symbol in symbols)
            hash = (hash ^ symbol) * HashPrime;
        return hash;
    }

    static ulong Symbol(Token token) =>
        token.Text.Length > 0 && !token.IsIdentifier ? HashOf(token.Text) : (ulong)token.Kind;

    // FNV-1a. String.GetHashCode differs from run to run, and the report must not.
    static ulong HashOf(string text)
    {
        var hash = HashOffset;
        foreach (var character in text)
            hash = (hash ^ character) * HashPrime;
        return hash;
    }
}
