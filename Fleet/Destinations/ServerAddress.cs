namespace ProfilerWeaver;

/// <summary>The address of a server, with no secret in it.</summary>
static class ServerAddress
{
    /// <summary>Reads one.</summary>
    /// <exception cref="ArgumentException">It is none, or has more than a server and a path.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new ArgumentException($"{Hidden(text)} is not the address of a server: expected for example http://localhost:4040.");
        if (address.UserInfo.Length > 0)
        {
            throw new ArgumentException($"the address of {address.Host} has a user and a password in it, which others would read. Remove them " +
                $"(up to @), and set {Credentials.Variables} in the environment.");
        }
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException($"the address of {address.Host} goes on after its path. Remove ? or # and what follows; if it is a secret, set " +
                $"{Credentials.Variables} in the environment.");
        }
        return address;
    }

    /// <summary>The address with a path at its end, unless it ends with that.</summary>
    public static Uri WithPath(Uri address, string path) => EndsWith(address, path)
        ? address
        : new(address.AbsoluteUri.TrimEnd('/') + path);

    /// <summary>Whether an address ends with a path.</summary>
    public static bool EndsWith(Uri address, string path) => address.AbsolutePath.EndsWith(path, StringComparison.Ordinal);

    /// <summary>A text that may have a password in it, for messages.</summary>
    public static string Hidden(string text)
    {
        var end = text.LastIndexOf('@');
        var begin = text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + "://".Length : 0;
        return PythonText.Repr(end > begin ? $"{text[..begin]}***{text[end..]}" : text);
    }
}
