namespace ProfilerWeaver;

/// <summary>What is done with many profiles at once.</summary>
public static class Profiles
{
    /// <summary>Merges any number of profiles into one, as <c>dotnet prof merge</c> does: contexts with the same path become one, and
    /// their figures are added. The result is the same, byte for byte, whatever the order and whatever was merged before.</summary>
    /// <param name="files">Profiles of ProfilerWeaver. They are asked for one after the other. Several are in memory at once, as many as
    /// there are processors, five at most, and as <see cref="MergeOptions.MemoryLimit"/> has room for.</param>
    /// <param name="output">Where to write the merged profile. An existing file is replaced once the new one is complete.</param>
    /// <param name="options">How; null: nothing special.</param>
    /// <param name="cancellation">Ends it between two files. Then nothing is written.</param>
    /// <returns>How many of the files were merged.</returns>
    /// <exception cref="InvalidProfileException">A file is not a profile, or is damaged, and nobody wants to be told
    /// (<see cref="MergeOptions.LeftOut"/>).</exception>
    /// <exception cref="InvalidOperationException">A file has no call tree, or measures something other than those before, and nobody
    /// wants to be told; or there is nothing to merge.</exception>
    /// <exception cref="ArgumentException">There is no such name in <see cref="MergeOptions.By"/>.</exception>
    /// <exception cref="IOException">A file cannot be opened, and nobody wants to be told, or one cannot be written; any existing output is
    /// left unchanged.</exception>
    public static int Merge(IEnumerable<string> files, string output, MergeOptions? options = null, CancellationToken cancellation = default) =>
        FileMerge.Run(files, output, options ?? new(), cancellation);
}
