namespace ProfilerWeaver.Store;

/// <summary>Finds the place of a store by what people call it.</summary>
static class StorePlace
{
    const string S3Scheme = "s3://";

    /// <summary>The place with a name: <c>s3://BUCKET/PREFIX</c>, or a folder.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cacheLimit">How many bytes of what is elsewhere may be kept here.</param>
    /// <exception cref="StoreException">The name is none.</exception>
    public static IStorePlace Of(string name, long cacheLimit) => name.StartsWith(S3Scheme, StringComparison.Ordinal)
        ? S3Place.Open(name, name[S3Scheme.Length..], cacheLimit)
        : FolderName.IsLikeAddress(name)
            ? throw new StoreException($"{name}: a store is in a folder, or at s3://BUCKET/PREFIX.", StoreException.Usage)
            : new LocalPlace(name);
}
