namespace ProfilerWeaver;

/// <summary>What outlives the process, if something else ends it: a file that is mapped into its memory.</summary>
abstract unsafe class RecordingStore
{
    /// <summary>Where it is.</summary>
    public abstract string Path { get; }

    /// <summary>Extends it and maps what was added.</summary>
    /// <exception cref="IOException">It cannot grow any more.</exception>
    public abstract byte* AddChunk(int size);

    /// <summary>Lets readers find what leads to all the rest.</summary>
    /// <param name="root">The <see cref="Registry"/>.</param>
    /// <returns>False if it is not in the file.</returns>
    public abstract bool Publish(void* root);
}
