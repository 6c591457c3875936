namespace ProfilerWeaver.Store;

/// <summary>A key and its value on the command line.</summary>
static class KeyValue
{
    /// <summary>Reads one.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    public static KeyValuePair<string, string> Parse(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        return end > 0
            ? new(text[..end], text[(end + 1)..])
            : throw new StoreException($"expected KEY=VALUE, for example version=1.4, not {PythonText.Repr(text)}.", StoreException.Usage);
    }
}
