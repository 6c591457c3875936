namespace ProfilerWeaver;

/// <summary>A file of another tool, and how much a reader may make of it.</summary>
/// <param name="name">Its path, for messages.</param>
/// <param name="data">What is in it, unpacked.</param>
sealed class ForeignFile(string name, byte[] data)
{
    // What is written once may count for many contexts and frames, but not for any number of them.
    const long ContextsOfAny = 1 << 16;
    const long FramesOfAny = 1 << 20;
    const long FramesOfByte = 16;

    long contexts = ContextsOfAny + data.Length;
    long frames = FramesOfAny + FramesOfByte * data.Length;

    public string Name => name;

    public byte[] Data => data;

    /// <summary>A context is added to the tree.</summary>
    public void CountContext(long offset)
    {
        if (--contexts < 0)
            throw Invalid(offset, "it has more calling contexts than a file of its length can mean to have");
    }

    /// <summary>A frame of a stack is looked at.</summary>
    public void CountFrame(long offset)
    {
        if (--frames < 0)
            throw Invalid(offset, "its stacks have more frames than a file of its length can mean to have");
    }

    public InvalidProfileException Invalid(long offset, string reason) => new(name, Math.Clamp(offset, 0, data.Length), reason);
}
