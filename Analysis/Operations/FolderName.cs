namespace ProfilerWeaver;

/// <summary>Tells folders from addresses of servers where both can be given.</summary>
static class FolderName
{
    /// <summary>Whether a text is rather a mistyped address, such as <c>localhost:4040</c>, than a folder: what was meant to be sent
    /// there would lie on this machine, and all would look well. A folder with such a name is <c>./localhost:4040</c>.</summary>
    public static bool IsLikeAddress(string text) =>
        !Path.IsPathRooted(text) && text.Split('/', '\\')[0].Any(letter => letter == ':');
}
