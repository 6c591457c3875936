namespace ProfilerWeaver.Store;

/// <summary>The files that are named on a command line.</summary>
static class ProfileFiles
{
    /// <summary>Each of them once, whatever it is called.</summary>
    /// <param name="names">Files, patterns, and folders, which stand for all <c>.prof</c> files in them.</param>
    /// <exception cref="StoreException">There is nothing in a folder.</exception>
    /// <exception cref="FileNotFoundException">A pattern matches nothing.</exception>
    public static IReadOnlyList<string> Find(string[] names) => ProfilePattern.Expand([.. names.SelectMany(In)], isOutput: _ => false);

    static IEnumerable<string> In(string name)
    {
        if (!Directory.Exists(name))
            return [name];
        var files = Directory.GetFiles(name, "*.prof", SearchOption.AllDirectories);
        return files.Length > 0 ? files : throw new StoreException($"{name} is a folder without .prof files.");
    }
}
