namespace ProfilerWeaver;

/// <summary>
/// The recorder's memory as a reader sees it: that of this process, or that of another one in its live file, where
/// addresses are those of the process that wrote them.
/// </summary>
abstract unsafe class RecorderImage
{
    /// <summary>The memory of this process.</summary>
    public static RecorderImage OfThisProcess { get; } = new Identity();

    /// <summary>Whether a part of the memory is in no file, because the disk was full.</summary>
    public virtual bool IsIncomplete => false;

    /// <summary>Where <paramref name="size"/> bytes at an address of the recorder can be read; null if they are in no
    /// file because the recorder had to go on in private memory.</summary>
    /// <exception cref="InvalidProfileException">There is no such address, or more was asked for than a sound file
    /// holds.</exception>
    public abstract byte* Locate(void* address, long size);

    /// <summary>Where the item at an address of the recorder can be read; null as in <see cref="Locate"/>.</summary>
    public T* At<T>(T* address)
        where T : unmanaged => (T*)Locate(address, sizeof(T));

    /// <summary>What to do about an item that cannot be right.</summary>
    /// <exception cref="InvalidProfileException">The memory is that of a file.</exception>
    public abstract void Refuse(void* address, string reason);

    sealed class Identity : RecorderImage
    {
        public override byte* Locate(void* address, long size) => (byte*)address;

        // Threads may be recording into it.
        public override void Refuse(void* address, string reason)
        {
        }
    }
}
