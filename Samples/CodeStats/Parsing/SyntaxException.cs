namespace CodeStats.Parsing;

/// <summary>A token that cannot stand where it stands.</summary>
sealed class SyntaxException(string message, int offset) : Exception(message)
{
    /// <summary>Where, as an offset into the text.</summary>
    public int Offset => offset;
}
