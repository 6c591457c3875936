namespace ProfilerWeaver;

/// <summary>A Python tuple or list. References make one tuple appear in many places, so what it was read as is kept.</summary>
sealed class MarshalTuple(int offset, object?[] items)
{
    public int Offset => offset;

    public object?[] Items => items;

    public MethodLabel? AsLabel { get; set; }
}

/// <summary>A Python dictionary in the order of the file.</summary>
sealed class MarshalDictionary(int offset)
{
    public int Offset => offset;

    public List<KeyValuePair<object?, object?>> Items { get; } = [];

    public IReadOnlyList<KeyValuePair<MethodLabel, Figures>>? AsCallers { get; set; }
}
