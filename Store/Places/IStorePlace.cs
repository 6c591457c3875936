namespace ProfilerWeaver.Store;

/// <summary>Where a store is. Files have keys, with <c>/</c> between their parts; all but the manifest are written once and never
/// change.</summary>
interface IStorePlace : IDisposable
{
    /// <summary>How people call it.</summary>
    string Location { get; }

    /// <summary>After what time a file that no manifest names was left by a process that was killed: nobody is about to name it.</summary>
    TimeSpan LongestAddition { get; }

    /// <summary>Whether there is anything.</summary>
    Task<bool> IsEmpty();

    /// <summary>Reads a text; null if it is not there.</summary>
    Task<VersionedText?> Read(string key);

    /// <summary>Replaces a text if nobody else has done so.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="text">The new one.</param>
    /// <param name="version">The version of the old one; null if there must be none.</param>
    /// <returns>The version of the new one; null if it is not replaced.</returns>
    Task<string?> TryReplace(string key, string text, string? version);

    /// <summary>The path of a local file, in a folder that is there, in which to write what is to be put.</summary>
    string Draft(string key);

    /// <summary>Puts what was written to the draft.</summary>
    Task Put(string key);

    /// <summary>Deletes files as far as possible; some may not be there.</summary>
    /// <returns>Those that are gone.</returns>
    Task<IReadOnlyList<string>> Delete(IEnumerable<string> keys);

    /// <summary>Local files with the content of some, in their order.</summary>
    /// <param name="files">Their keys, with their sizes.</param>
    /// <exception cref="FileNotFoundException">One is not there, or not any more.</exception>
    Task<string[]> Fetch(IReadOnlyList<KeyValuePair<string, long>> files);

    /// <summary>All files below a key, with the time when they were written, in UTC.</summary>
    IAsyncEnumerable<KeyValuePair<string, DateTime>> List(string folder);
}

/// <summary>A text, and what tells whether it is still the same.</summary>
readonly record struct VersionedText(string Text, string Version);
