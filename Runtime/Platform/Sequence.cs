using System.Collections;

namespace ProfilerWeaver;

/// <summary>A list that grows at its end, and shrinks there. What <see cref="List{T}"/> is, of which .NET has no code
/// compiled ahead of time for value types of ours: it would compile a dozen methods for each of them whenever a program
/// begins or ends, a tenth of a millisecond each.</summary>
sealed class Sequence<T> : IReadOnlyList<T>
{
    T[] items;

    /// <param name="capacity">How many items there is room for without growing.</param>
    public Sequence(int capacity = 16) => items = new T[capacity];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public T this[int index] => (uint)index < (uint)Count ? items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Adds an item at the end.</summary>
    public void Add(T item)
    {
        if (Count == items.Length)
        {
            // Not Array.Resize, which is generic, too.
            var larger = new T[Math.Max(16, Count * 2)];
            Array.Copy(items, larger, Count);
            items = larger;
        }
        items[Count++] = item;
    }

    /// <summary>Takes the last item away.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public T Pop()
    {
        var last = this[Count - 1];
        items[--Count] = default!;
        return last;
    }

    /// <summary>Takes all items away. The room for them stays.</summary>
    public void Clear()
    {
        Array.Clear(items, 0, Count);
        Count = 0;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
