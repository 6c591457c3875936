namespace ProfilerWeaver;

/// <summary>The places that profiles can be sent to.</summary>
static class Destinations
{
    const string Expected = "expected pyroscope=URL, otlp=URL or a folder";

    /// <summary>The place that a user has written.</summary>
    /// <exception cref="ArgumentException">It means nothing, or has secrets in it.</exception>
    public static Destination Parse(string text)
    {
        if (TryAfter(text, "pyroscope=") is { } pyroscope)
        {
            var address = ServerAddress.Parse(pyroscope);
            return PyroscopePush.IsMeant(address) ? new PyroscopePush(address) : new PyroscopeIngest(address);
        }
        if (TryAfter(text, "otlp=") is { } otlp)
            return new Otlp(ServerAddress.Parse(otlp));
        if (FolderName.IsLikeAddress(text))
            throw new ArgumentException($"{ServerAddress.Hidden(text)} is no place to push to: {Expected}.");
        return text.Length > 0 ? new Folder(text) : throw new ArgumentException($"there is no place to push to: {Expected}.");
    }

    static string? TryAfter(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
