namespace ProfilerWeaver;

/// <summary>A list whose elements are changed where they are. It grows by pieces, so that nothing is copied, and keeps them when it is
/// cleared.</summary>
sealed class Pieces<T>
    where T : struct
{
    const int Bits = 12;
    const int Length = 1 << Bits;

    T[][] pieces = new T[16][];

    /// <summary>How many elements there are.</summary>
    public int Count { get; private set; }

    /// <summary>An element.</summary>
    public ref T this[int index] => ref pieces[index >> Bits][index & (Length - 1)];

    /// <summary>Adds an element.</summary>
    /// <returns>Its index.</returns>
    public int Add(in T element)
    {
        if (Count >> Bits == pieces.Length)
            Array.Resize(ref pieces, 2 * pieces.Length);
        (pieces[Count >> Bits] ??= new T[Length])[Count & (Length - 1)] = element;
        return Count++;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => Count = 0;
}
